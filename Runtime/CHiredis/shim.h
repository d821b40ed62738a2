/* Debian has the header in a folder, which others name in their pkg-config. */
#if __has_include(<hiredis/hiredis.h>)
#include <hiredis/hiredis.h>
#else
#include <hiredis.h>
#endif
