// The unix port as close to MicroPython's ESP32 port as this machine lets it be (ports/esp32/mpconfigport.h).
#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

#include "esp32_errno.h"
#include "variants/mpconfigvariant_common.h"

// Short texts, as on the boards: "'module' object has no attribute 'x'".
#undef MICROPY_ERROR_REPORTING
#define MICROPY_ERROR_REPORTING (MICROPY_ERROR_REPORTING_NORMAL)
