import Foundation

/// The resource usage of this process so far.
struct Usage {
    var cpuMicroseconds: Double
    var peakKilobytes: Int

    static var now: Usage {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        let unit = 1024
        #else
        getrusage(__rusage_who_t(0), &usage)
        let unit = 1
        #endif
        func microseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e6 + Double(time.tv_usec) }
        return Usage(
            cpuMicroseconds: microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
            peakKilobytes: Int(usage.ru_maxrss) / unit
        )
    }
}
