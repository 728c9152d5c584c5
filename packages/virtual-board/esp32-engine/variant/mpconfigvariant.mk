# Variables that the recipe gives: VARIANT_DIR (this folder), BUILD.
FROZEN_MANIFEST ?= $(VARIANT_DIR)/manifest.py

MBEDTLS_CONFIG_FILE = \"esp32_mbedtls_config.h\"
# The files whose errno a program gets to see.
$(BUILD)/modsocket.o $(BUILD)/extmod/modselect.o $(BUILD)/extmod/vfs_posix.o $(BUILD)/extmod/vfs_posix_file.o: CFLAGS += -DWIREWRAP_READS_ERRNO

LDFLAGS_EXTRA += -Wl,--wrap=gettimeofday -Wl,--wrap=clock_gettime -Wl,--wrap=time
