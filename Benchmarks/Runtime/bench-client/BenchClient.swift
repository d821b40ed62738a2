import Foundation

/// One measurement in its own process: the cost of a number of requests by one client, 64 in flight. The server is
/// another process.
@main
enum BenchClient {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let count = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: bench-client CLIENT ORIGIN COUNT CA_BUNDLE\n".utf8))
            exit(2)
        }
        let load = try await Load(origin: arguments[2], count: count, caBundle: arguments[4])
        switch arguments[1] {
        case "multi": try await measure(load, MultiLoopClient.run)
        case "transport": try await measure(load, TransportClient(load).run)
        case "okta": try await measure(load, OktaRequestClient(load).run)
        case "get-user": try await measure(load, GetUserClient(load).run)
        case "async-http-client": try await AsyncClient.measured(load)
        case "urlsession": try await measure(load, URLSessionClient().run)
        case "users": try await UsersClient.run(load)
        default:
            FileHandle.standardError.write(Data("no client of that name\n".utf8))
            exit(2)
        }
    }

    /// Warms up, then measures, and prints CPU and wall time per request in microseconds and the peak of memory.
    static func measure(_ load: Load, _ run: @Sendable (Load) async throws -> Int) async throws {
        let warmUp = load.with(count: min(load.count, 2000))
        try check(try await run(warmUp), of: warmUp)
        let before = Usage.now
        let start = ContinuousClock.now
        try check(try await run(load), of: load)
        let wall = start.duration(to: .now) / .microseconds(1)
        let cpu = Usage.now.cpuMicroseconds - before.cpuMicroseconds
        let per = Double(load.count)
        print(String(format: "%.1f %.1f %.1f", cpu / per, wall / per, Double(Usage.now.peakKilobytes) / 1024))
    }

    private static func check(_ good: Int, of load: Load) throws {
        guard good == load.count else { throw Failure(description: "\(good) of \(load.count) responses were good") }
    }
}

struct Failure: Error, CustomStringConvertible {
    var description: String
}
