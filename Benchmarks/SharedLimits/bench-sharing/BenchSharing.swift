import Foundation
import HTTPTypes
import OktaRedis
import OktaRuntime

/// What sharing limits costs: bench-sharing calls COUNT STORE, or bench-sharing programs COUNT STORE.
///
/// STORE is `none`, the path of a folder, or the address of a Redis server. `calls` prints the CPU microseconds of a call and
/// the round trips per call; `programs` the wall and CPU
/// microseconds of an exchange among so many programs, and how many exchanges there were.
@main
enum BenchSharing {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (
            arguments.dropFirst().first, arguments.dropFirst(2).first.flatMap(Int.init), arguments.dropFirst(3).first
        ) {
        case ("calls", let count?, let store?): try await SharedCalls(count: count, store: store).measure()
        case ("programs", let count?, let store?): try await ManyPrograms(count: count, address: store).measure()
        default:
            FileHandle.standardError.write(Data("usage: bench-sharing calls|programs COUNT none|FOLDER|URL\n".utf8))
            exit(2)
        }
    }

    /// The store with an address, and how to count its round trips.
    static func store(_ address: String) throws -> (any RateLimitStore)? {
        switch address {
        case "none": nil
        case let path where path.hasPrefix("/"): try FileRateLimitStore(folder: path)
        default: try RedisRateLimitStore(address, timeout: .seconds(10))
        }
    }
}
