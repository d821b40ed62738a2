/*
 * Linked into the program, this loads libcurl when one of its functions is first called: lazy_curl.c says why. It declares
 * nothing: the functions are those of <curl/curl.h>.
 */
