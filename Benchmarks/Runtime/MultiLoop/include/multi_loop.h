#ifndef MULTI_LOOP_H
#define MULTI_LOOP_H

/*
 * Gets a URL a number of times with libcurl alone, in one thread, with some requests in flight at any time, over one
 * multi handle with curl_multi_poll. Bodies are copied into memory that is made and freed for each, as any client must.
 *
 * ca_bundle is NULL for plain http. Returns the number of responses that were 200 with body_size bytes.
 */
long multi_loop_run(const char *url, const char *ca_bundle, const char *const *headers, long count, int in_flight,
                    long body_size);

#endif
