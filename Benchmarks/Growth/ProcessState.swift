import Foundation

/// The current resource usage of this process.
struct ProcessState {
    var cpuSeconds: Double
    var residentBytes: Int
    var threads: Int

    static var now: ProcessState {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        #else
        getrusage(__rusage_who_t(0), &usage)
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        func number(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
        return ProcessState(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), residentBytes: number("VmRSS") * 1024,
            threads: number("Threads"))
    }

    /// Returns the state when the process has had nothing to do for a while.
    static func whenIdle() async throws -> ProcessState {
        var last = ProcessState.now
        while true {
            try await Task.sleep(for: .milliseconds(200))
            let state = ProcessState.now
            // Reading the state is work, too.
            if state.cpuSeconds - last.cpuSeconds < 0.005 { return state }
            last = state
        }
    }
}
