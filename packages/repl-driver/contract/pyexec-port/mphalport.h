#include "py/obj.h"
#include "shared/runtime/interrupt_char.h"
