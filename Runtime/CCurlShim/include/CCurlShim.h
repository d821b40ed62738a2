#ifndef OKTA_CURL_SHIM_H
#define OKTA_CURL_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <curl/curl.h>

/*
 * Swift cannot call variadic C functions, which libcurl uses for its options and results. Each function below
 * fixes the one C type that libcurl expects for a family of options, so that a wrong type is a compile error rather
 * than a misread argument. They are real functions, not inline ones: callers see symbols, not macros.
 */

/*
 * Receives bytes of a header line or of the body; any result other than size * count aborts the transfer. Or fills a
 * buffer with bytes to send; returns their number, 0 at the end, CURL_READFUNC_PAUSE or CURL_READFUNC_ABORT.
 */
typedef size_t (*okta_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

CURLcode okta_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode okta_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode okta_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode okta_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode okta_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode okta_curl_set_data_callback(CURL *handle, CURLoption option, okta_curl_data_callback value);

/* Limits the schemes of a transfer to https, and to http as well when plain_http is true. */
CURLcode okta_curl_set_schemes(CURL *handle, bool plain_http);

/* Lets a cancelled name lookup finish on its own thread instead of blocking the caller; no-op before libcurl 7.87. */
CURLcode okta_curl_set_abandon_lookups(CURL *handle);

/* The content codings that this libcurl decodes, separated by commas; empty for none. */
const char *okta_curl_content_codings(void);

/* Called before each send of a request, including libcurl's automatic resends: CURL_PREREQFUNC_OK or _ABORT. */
typedef int (*okta_curl_departure_callback)(void *context, char *address, char *own_address, int port, int own_port);

/*
 * Registers a callback that libcurl calls before each send of a request. Before libcurl 7.80 there is none: the request
 * then gets a separate connection, over which libcurl resends nothing.
 */
CURLcode okta_curl_set_departure_callback(CURL *handle, okta_curl_departure_callback value, void *context);

/* Stores in is_http2 whether each request uses HTTP/2; NULL removes the callback. */
CURLcode okta_curl_watch_version(CURL *handle, bool *is_http2);

/* Makes libcurl open sockets that no child process inherits. */
CURLcode okta_curl_set_private_sockets(CURL *handle);

/*
 * Creates a multi handle whose wake-up descriptors no child process inherits, as far as they can be distinguished from
 * descriptors that other threads open at the same time.
 */
CURLM *okta_curl_multi_init(void);

/* The reason for which a SOCKS proxy has refused, if it has. */
enum { OKTA_PROXY_OTHER, OKTA_PROXY_AUTHENTICATION, OKTA_PROXY_NOT_ALLOWED };
int okta_curl_proxy_refusal(CURL *handle);

CURLcode okta_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode okta_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode okta_curl_get_pointer(CURL *handle, CURLINFO info, void **value);

CURLMcode okta_curl_multi_set_long(CURLM *handle, CURLMoption option, long value);

/* The result in a CURLMSG_DONE message. */
CURLcode okta_curl_message_result(const CURLMsg *message);

#endif
