#include "CCurlShim.h"

#include <string.h>

CURLcode okta_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_data_callback(CURL *handle, CURLoption option, okta_curl_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode okta_curl_set_schemes(CURL *handle, bool plain_http) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, plain_http ? "https,http" : "https");
#else
    long schemes = CURLPROTO_HTTPS | (plain_http ? CURLPROTO_HTTP : 0);
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, schemes);
#endif
}

CURLcode okta_curl_set_abandon_lookups(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)handle;
    return CURLE_OK;
#endif
}

#ifndef CURL_VERSION_BROTLI
#define CURL_VERSION_BROTLI (1 << 23)
#endif
#ifndef CURL_VERSION_ZSTD
#define CURL_VERSION_ZSTD (1 << 26)
#endif

const char *okta_curl_content_codings(void) {
    static const char *const texts[] = {
        "",     "deflate, gzip",       "br",       "deflate, gzip, br",
        "zstd", "deflate, gzip, zstd", "br, zstd", "deflate, gzip, br, zstd",
    };
    // The command line loads libcurl at the first call, and there may be none.
    const curl_version_info_data *information = curl_version_info(CURLVERSION_NOW);
    int features = information == NULL ? 0 : information->features;
    bool zlib = (features & CURL_VERSION_LIBZ) != 0;
    bool brotli = (features & CURL_VERSION_BROTLI) != 0;
    bool zstd = (features & CURL_VERSION_ZSTD) != 0;
    return texts[zlib + 2 * brotli + 4 * zstd];
}

CURLcode okta_curl_set_departure_callback(CURL *handle, okta_curl_departure_callback value, void *context) {
#if LIBCURL_VERSION_NUM >= 0x075000
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, value);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_PREREQDATA, context) : code;
#else
    (void)value;
    (void)context;
    return curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
#endif
}

static bool ends_with(const char *bytes, const char *end, const char *text) {
    size_t length = strlen(text);
    return (size_t)(end - bytes) >= length && memcmp(end - length, text, length) == 0;
}

/* The request line is sent first; later pieces do not end like one. */
static int note_version(CURL *handle, curl_infotype type, char *bytes, size_t size, void *is_http2) {
    (void)handle;
    if (type != CURLINFO_HEADER_OUT || is_http2 == NULL) return 0;
    const char *end = memchr(bytes, '\r', size);
    if (end == NULL) return 0;
    if (ends_with(bytes, end, " HTTP/2")) *(bool *)is_http2 = true;
    if (ends_with(bytes, end, " HTTP/1.1") || ends_with(bytes, end, " HTTP/1.0")) *(bool *)is_http2 = false;
    return 0;
}

CURLcode okta_curl_watch_version(CURL *handle, bool *is_http2) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_VERBOSE, is_http2 == NULL ? 0L : 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, is_http2);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, note_version) : code;
}

int okta_curl_proxy_refusal(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x074900
    long error = 0;
    if (curl_easy_getinfo(handle, CURLINFO_PROXY_ERROR, &error) != CURLE_OK) return OKTA_PROXY_OTHER;
    switch (error) {
    case CURLPX_NO_AUTH:
    case CURLPX_USER_REJECTED:
    case CURLPX_IDENTD:
    case CURLPX_IDENTD_DIFFER:
        return OKTA_PROXY_AUTHENTICATION;
    case CURLPX_REPLY_NOT_ALLOWED:
    case CURLPX_REQUEST_FAILED:
        return OKTA_PROXY_NOT_ALLOWED;
    default:
        return OKTA_PROXY_OTHER;
    }
#else
    (void)handle;
    return OKTA_PROXY_OTHER;
#endif
}

CURLcode okta_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

CURLcode okta_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

CURLcode okta_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

CURLMcode okta_curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

CURLcode okta_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}
