import Foundation
import HTTPTypes
import OktaRedis
import OktaRuntime

/// Measures the cost of sharing limits: `bench-sharing MODE COUNT STORE`.
///
/// STORE is `none`, the path of a folder, or the address of a Redis server. The modes print, in this order:
/// - `calls`: the CPU microseconds of a call, the round trips of a call, and the calls per second.
/// - `programs`: the wall and CPU microseconds of an exchange among COUNT programs that take turns, and the exchanges.
/// - `drive`: the exchanges per second of COUNT programs that do not wait for each other, and the number of exchanges.
@main
enum BenchSharing {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (
            arguments.dropFirst().first, arguments.dropFirst(2).first.flatMap(Int.init), arguments.dropFirst(3).first
        ) {
        case ("calls", let count?, let store?): try await SharedCalls(count: count, store: store).measure()
        case ("programs", let count?, let store?): try await ManyPrograms(count: count, address: store).measure()
        case ("drive", let count?, let store?): try await ManyPrograms(count: count, address: store).drive()
        default:
            let usage = "usage: bench-sharing calls|programs|drive COUNT none|FOLDER|URL\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(2)
        }
    }

    /// Returns the store at an address, with a counter of its round trips.
    static func store(_ address: String) throws -> (any RateLimitStore)? {
        switch address {
        case "none": nil
        case let path where path.hasPrefix("/"): try FileRateLimitStore(folder: path)
        default: try RedisRateLimitStore(address, timeout: .seconds(10))
        }
    }
}
