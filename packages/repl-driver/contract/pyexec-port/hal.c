// The terminal as a board's UART: a ring that the "interrupt" fills, which takes the interrupt character out.
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "py/mphal.h"
#include "py/mperrno.h"
#include "py/ringbuf.h"
#include "py/runtime.h"
#include "py/stream.h"
#include "extmod/misc.h"
#include "webrepl.h"

static uint8_t ring_bytes[260]; // the ESP32's
static ringbuf_t ring = {ring_bytes, sizeof(ring_bytes), 0, 0};

// As os.dupterm_notify() of a board, which a socket's event calls (extmod/modos.c).
static void receive_dupterm(int wait_ms) {
    struct pollfd socket = {.fd = WEBREPL_FD, .events = POLLIN};
    while (ringbuf_free(&ring) && poll(&socket, 1, wait_ms) > 0) {
        int c;
        while (ringbuf_free(&ring) && (c = mp_os_dupterm_rx_chr()) >= 0) {
            ringbuf_put(&ring, c);
        }
        if (!webrepl_is_connected()) {
            exit(0); // the host hung up, or gave a wrong password
        }
        wait_ms = 0;
    }
}

static void receive(int wait_ms) {
    if (webrepl_is_connected()) {
        receive_dupterm(wait_ms);
        return;
    }
    struct pollfd terminal = {.fd = STDIN_FILENO, .events = POLLIN};
    // What does not fit stays in the terminal: this port is about pyexec.c, not about lost bytes.
    while (ringbuf_free(&ring) && poll(&terminal, 1, wait_ms) > 0) {
        unsigned char byte;
        if (read(STDIN_FILENO, &byte, 1) != 1) {
            exit(0); // the host hung up
        }
        if (byte == mp_interrupt_char) {
            mp_sched_keyboard_interrupt();
        } else {
            ringbuf_put(&ring, byte);
        }
        wait_ms = 0;
    }
}

void hal_poll(void) {
    receive(0);
}

void hal_wait(void) {
    mp_handle_pending(true);
    receive(1);
}

uintptr_t mp_hal_stdio_poll(uintptr_t flags) {
    uintptr_t ready = flags & MP_STREAM_POLL_WR;
    receive(0);
    if ((flags & MP_STREAM_POLL_RD) && ringbuf_peek(&ring) != -1) {
        ready |= MP_STREAM_POLL_RD;
    }
    return ready;
}

int mp_hal_stdin_rx_chr(void) {
    for (;;) {
        int c = ringbuf_get(&ring);
        if (c != -1) {
            return c;
        }
        receive(100);
        mp_handle_pending(true);
    }
}

mp_uint_t mp_hal_stdout_tx_strn(const char *text, size_t length) {
    if (webrepl_is_connected()) {
        mp_os_dupterm_tx_strn(text, length);
        return length;
    }
    for (size_t sent = 0; sent < length;) {
        ssize_t n = write(STDOUT_FILENO, text + sent, length - sent);
        if (n < 0) {
            exit(0);
        }
        sent += n;
    }
    return length;
}

static uint64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

mp_uint_t mp_hal_ticks_ms(void) {
    return now_us() / 1000;
}

mp_uint_t mp_hal_ticks_us(void) {
    return now_us();
}

mp_uint_t mp_hal_ticks_cpu(void) {
    return now_us();
}

uint64_t mp_hal_time_ns(void) {
    return now_us() * 1000;
}

void mp_hal_delay_us(mp_uint_t us) {
    usleep(us);
}

void mp_hal_delay_ms(mp_uint_t ms) {
    for (uint64_t end = now_us() + (uint64_t)ms * 1000; now_us() < end;) {
        hal_wait();
    }
}
