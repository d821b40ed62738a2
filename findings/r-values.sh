#!/usr/bin/env bash
# Does R, with jsonlite and its own readers of tables and times, keep the values of users that it reads and writes?
#
# Versions, of Debian 12: R 4.2.2, jsonlite 1.8.4, with the defaults, and with `auto_unbox = TRUE` where stated. Needs root for
# apt-get update; the packages are unpacked and not installed.
# Expected: toJSON(fromJSON(text)) has the same meaning as the text. as.POSIXct reads times in the form that Okta's attributes
# have, or reports an error.
# Seen, without an error:
# - as.POSIXct("2026-11-30T10:00:00.000Z") is midnight of that day, and so is as.POSIXct of a time with an offset. strptime with
#   %z returns NA for +02:00. A time with .123 is printed with .122.
# - A number is written with four decimals: 37.7749295 as 37.7749. An integer of 17 digits is rounded to 15 digits.
# - Without auto_unbox each string becomes a list of one string. With it, a list of one group becomes a string: {"groups":["a"]}
#   becomes {"groups":"a"}.
# - null becomes {}, so an attribute is sent as an object instead of being cleared. In a list of users an attribute that is null
#   is omitted.
# - A list that contains a string becomes a list of strings: [1,"a",true] becomes ["1","a","TRUE"]. The same happens to the
#   values of one attribute across users. In a list of numbers null becomes the string "NA": [1,null] is [1,"NA"].
# - read.csv reads "007" as 7, the first name "T" as TRUE, and the country "NA" as NA. read.table, with tabs, joins the lines
#   between two names with an apostrophe into one value, and cuts a title at "#".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download r-base-core r-cran-jsonlite libblas3 liblapack3 libgfortran5 libpaper1 tzdata
ls r-base-core_4.2.2.* r-cran-jsonlite_1.8.4+* >/dev/null 2>&1 \
    || { echo "skipped: this needs R 4.2.2 and jsonlite 1.8.4, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
usr=$folder/root/usr libraries=$folder/root/usr/lib/x86_64-linux-gnu
export R_HOME=$usr/lib/R R_LIBS=$usr/lib/R/site-library TZDIR=$usr/share/zoneinfo TZ=UTC LC_ALL=C.UTF-8
export LD_LIBRARY_PATH=$R_HOME/lib:$libraries:$libraries/blas:$libraries/lapack
cp --remove-destination "$R_HOME/etc/Renviron.ucf" "$R_HOME/etc/Renviron"
cat > program.R <<'R'
library(jsonlite)
failed <- FALSE
cat(R.version$major, R.version$minor, "and jsonlite", as.character(packageVersion("jsonlite")), "\n")
check <- function(what, seen, expected) {
    cat(what, ": ", seen, "\n", sep = "")
    if (!identical(as.character(seen), expected)) {
        failed <<- TRUE
        message("  changed: expected ", expected)
    }
}
again <- function(text, expected, ...)
    check(paste("again,", text), toJSON(fromJSON(text), ...), expected)
time <- function(value) format(value, "%Y-%m-%d %H:%M:%S %Z")

check("as.POSIXct of 10:00", time(as.POSIXct("2026-11-30 10:00:00")), "2026-11-30 10:00:00 UTC")
check("as.POSIXct of 10:00Z", time(as.POSIXct("2026-11-30T10:00:00.000Z")), "2026-11-30 00:00:00 UTC")
check("as.POSIXct of 10:00+02:00", time(as.POSIXct("2026-11-30T10:00:00+02:00")), "2026-11-30 00:00:00 UTC")
check("strptime with %z of +0200", time(strptime("2026-11-30T10:00:00+0200", "%Y-%m-%dT%H:%M:%S%z", tz = "UTC")),
      "2026-11-30 08:00:00 UTC")
check("strptime with %z of +02:00", time(strptime("2026-11-30T10:00:00+02:00", "%Y-%m-%dT%H:%M:%S%z", tz = "UTC")), NA_character_)
check("milliseconds of .123",
      format(as.POSIXct(strptime("2026-11-30T10:00:00.123Z", "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")), "%OS3"), "00.122")

again('{"id":"a","groups":["b"]}', '{"id":["a"],"groups":["b"]}')
again('{"id":"a","groups":["b"]}', '{"id":"a","groups":"b"}', auto_unbox = TRUE)
again('{"lat":37.7749295,"risk":0.00001}', '{"lat":37.7749,"risk":1e-05}', auto_unbox = TRUE)
again('{"title":null}', '{"title":{}}', auto_unbox = TRUE)
again('[{"id":"a","title":null},{"id":"b","title":"CTO"}]', '[{"id":"a"},{"id":"b","title":"CTO"}]')
again('[1,"a",true]', '["1","a","TRUE"]')
again('[{"badge":7},{"badge":"x7"}]', '[{"badge":"7"},{"badge":"x7"}]')
again('[true,2]', '[1,2]')
again('[12345678901234567]', '[1.23456789012346e+16]')
again('["a",null]', '["a",null]')
again('[1,null]', '[1,"NA"]')
check("toJSON of a title that is NA", toJSON(list(list(id = "a", title = NA)), auto_unbox = TRUE), '[{"id":"a","title":null}]')

table <- function(read, lines, ...) {
    writeLines(lines, "table")
    toJSON(read("table", ...))
}
check("read.csv of a badge, a first name and a country", table(read.csv, c("badge,first,country", "007,T,NA")),
      '[{"badge":7,"first":true}]')
check("read.csv of two first names", table(read.csv, c("first,country", "T,NA", "Ada,DE")),
      '[{"first":"T"},{"first":"Ada","country":"DE"}]')
lines <- c("login\ttitle", "o'neil\tCTO", "bob\tCEO", "d'arcy\tHead #1", "eve\tCFO")
check("read.delim of four users", table(read.delim, lines),
      '[{"login":"o\'neil","title":"CTO"},{"login":"bob","title":"CEO"},{"login":"d\'arcy","title":"Head #1"},{"login":"eve","title":"CFO"}]')
check("read.table of the same", table(read.table, lines, header = TRUE, sep = "\t"),
      '[{"login":"oneil\\tCTO\\nbob\\tCEO\\ndarcy","title":"Head "},{"login":"eve","title":"CFO"}]')
quit(status = failed)
R
"$R_HOME/bin/exec/R" --no-echo --vanilla --file=program.R
