# Names of mbedTLS errors as the boards' builds print them; the distribution's package prints sentences instead.
# Source: mbedTLS 3.6 include/mbedtls/{ssl,x509,pk,pem}.h; OLD: where 2.x had another name for the number.
_SSL = {
    0x5D80: None,
    0x5E80: "BAD_CONFIG",
    0x5F00: "VERSION_MISMATCH",
    0x6480: "EARLY_MESSAGE",
    0x6500: "ASYNC_IN_PROGRESS",
    0x6600: "ILLEGAL_PARAMETER",
    0x6680: "NON_FATAL",
    0x6700: "UNEXPECTED_RECORD",
    0x6780: "CLIENT_RECONNECT",
    0x6800: "TIMEOUT",
    0x6980: "NO_USABLE_CIPHERSUITE",
    0x6A00: "BUFFER_TOO_SMALL",
    0x6A80: "HELLO_VERIFY_REQUIRED",
    0x6B80: "COUNTER_WRAPPING",
    0x6C00: "INTERNAL_ERROR",
    0x6C80: "UNKNOWN_IDENTITY",
    0x6D00: "PK_TYPE_MISMATCH",
    0x6D80: "SESSION_TICKET_EXPIRED",
    0x6E00: "HANDSHAKE_FAILURE",
    0x6E80: "BAD_PROTOCOL_VERSION",
    0x7080: "FEATURE_UNAVAILABLE",
    0x7100: "BAD_INPUT_DATA",
    0x7180: "INVALID_MAC",
    0x7200: "INVALID_RECORD",
    0x7280: "CONN_EOF",
    0x7300: "DECODE_ERROR",
    0x7380: "NO_CIPHER_CHOSEN",
    0x7400: "NO_RNG",
    0x7480: "NO_CLIENT_CERTIFICATE",
    0x7500: "UNSUPPORTED_EXTENSION",
    0x7580: "NO_APPLICATION_PROTOCOL",
    0x7600: "PRIVATE_KEY_REQUIRED",
    0x7680: "CA_CHAIN_REQUIRED",
    0x7700: "UNEXPECTED_MESSAGE",
    0x7780: "FATAL_ALERT_MESSAGE",
    0x7800: "UNRECOGNIZED_NAME",
    0x7880: "PEER_CLOSE_NOTIFY",
    0x7A00: "BAD_CERTIFICATE",
    0x7F00: "ALLOC_FAILED",
    0x7F80: "HW_ACCEL_FAILED",
}
_OTHER = {
    0x2700: "X509_CERT_VERIFY_FAILED",
    0x2780: "X509_CERT_UNKNOWN_FORMAT",
    0x2800: "X509_BAD_INPUT_DATA",
    0x3000: "X509_FATAL_ERROR",
}
_OLD = {0x6E80: "BAD_HS_PROTOCOL_VERSION", 0x7A00: "BAD_HS_CERTIFICATE"}


def name(code, old):
    n = -code
    text = (old and _OLD.get(n)) or _SSL.get(n)
    if text:
        return "MBEDTLS_ERR_SSL_" + text
    text = _OTHER.get(n)
    return "MBEDTLS_ERR_" + text if text else "MBEDTLS_ERR_UNKNOWN (0x%04X)" % n
