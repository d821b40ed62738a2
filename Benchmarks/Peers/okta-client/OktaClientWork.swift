import Okta

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The same work as `okta_client.py` with Okta's SDK for Python: okta-client list|first ORIGIN CA_BUNDLE
///
/// `list` reads every user of a list of 200 a page; `first` reads one user. The output is the number of users, the CPU
/// seconds of the process, those of the work, and the peak memory in MB.
@main
enum OktaClientWork {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            _ = "usage: okta-client list|first ORIGIN CA_BUNDLE\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
            exit(2)
        }
        let before = Usage.now
        var configuration = try OktaConfiguration(orgURL: arguments[2], token: "bench-token")
        configuration.caBundlePath = arguments[3]
        let okta = try OktaClient(configuration: configuration)
        let users = try await arguments[1] == "list" ? list(okta) : first(okta)
        let after = Usage.now
        print(users, after.cpuSeconds, after.cpuSeconds - before.cpuSeconds, after.peakMegabytes)
    }

    private static func list(_ okta: OktaClient) async throws -> Int {
        var active = 0
        for try await user in okta.user.listUsers(limit: 200) where user.status == .active { active += 1 }
        return active
    }

    private static func first(_ okta: OktaClient) async throws -> Int {
        try await okta.user.getUser("00u1").id == "00u1" ? 1 : 0
    }
}

/// The resource usage of this process so far.
private struct Usage {
    var cpuSeconds, peakMegabytes: Double

    static var now: Usage {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        let unit = 1024.0 * 1024
        #else
        getrusage(__rusage_who_t(0), &usage)
        let unit = 1024.0
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return Usage(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakMegabytes: Double(usage.ru_maxrss) / unit)
    }
}
