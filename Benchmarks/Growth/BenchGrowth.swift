import Foundation

/// One measurement of a cost's growth: bench-growth tasks COUNT, bench-growth waiters COUNT, or bench-growth orgs COUNT
/// ORIGIN. Each measurement needs its own process, because memory freed by one would be reused by the next. It reads
/// /proc and therefore needs Linux.
@main
enum BenchGrowth {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (arguments.dropFirst().first, arguments.dropFirst(2).first.flatMap(Int.init)) {
        case ("tasks", let count?) where arguments.count == 3: try await WaitingCalls(count: count).measureTasks()
        case ("waiters", let count?) where arguments.count == 3: try await WaitingCalls(count: count).measureCalls()
        case ("orgs", let count?) where arguments.count == 4:
            try await ManyOrgs(count: count, origin: arguments[3]).measure()
        default:
            FileHandle.standardError.write(
                Data("usage: bench-growth tasks COUNT | waiters COUNT | orgs COUNT ORIGIN\n".utf8))
            exit(2)
        }
    }
}
