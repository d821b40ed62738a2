import Foundation
import Testing

@testable import OktaRuntime

#if canImport(Glibc)
import Glibc
#endif

@Suite("Files: exchanges", .hangLimit, .longCalculation)
struct FileStoreTests {
    private static let org = "https://acme.okta.com"
    private static let start = StandingSource.start

    @Test("Files: a store gives the same replies as SharedBucket to random exchanges", arguments: 1...10)
    func sameReplies(seed: Int) async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path, source: StandingSource())
        var model = SharedBucket()
        var clock = StoreClock()
        var random = ExchangeGenerator(seed: UInt64(seed), clients: [1, 3, 20][seed % 3])
        for _ in 0..<400 {
            let exchange = random.next()
            let request = try #require(exchange.requests.first)
            let now = clock.time(exchange.now, own: StandingSource().wallClock.milliseconds)
            let reply = try #require(try await store.exchange(exchange).first)
            #expect(
                reply
                    == model.exchange(request, from: exchange.program, number: exchange.number, now: now))
            random.grant(reply, to: exchange.program.id)
        }
        #expect(store.known(org: "https://acme.okta.com").map { sorted($0.content) } == [sorted(model)])
    }

    /// Returns a bucket with sorted doubts, because those of leases that ended together have no order.
    private func sorted(_ bucket: SharedBucket) -> SharedBucket {
        var bucket = bucket
        for principal in bucket.windows.keys {
            bucket.windows[principal]?.doubts.sort { ($0.since, $0.owner) < ($1.since, $1.owner) }
        }
        return bucket
    }

    @Test("Files: concurrent stores of one folder never grant more than is left")
    func concurrent() async throws {
        let folder = try TemporaryFolder()
        let stated = StatedLimit(limit: 600, remaining: 600, reset: Self.start + 60, departed: Self.start)
        _ = try await FileRateLimitStore(folder: folder.path).exchange(exchange(stated: stated))
        let granted = await withTaskGroup(of: Int.self) { group in
            for client in 0..<40 {
                group.addTask {
                    guard let store = try? FileRateLimitStore(folder: folder.path) else { return -1000 }
                    var held = 0
                    for _ in 0..<40 {
                        // On a busy machine an exchange may give up.
                        let replies = try? await store.exchange(exchange("client \(client)", waiting: 5, held: held))
                        held += replies?.first?.granted ?? 0
                    }
                    return held
                }
            }
            return await group.reduce(0, +)
        }
        #expect((1...600).contains(granted))
        #expect(folder.files.count == 1)
    }

    @Test("Files: only the owner may read folder and files")
    func modes() async throws {
        let parent = try TemporaryFolder()
        let path = "\(parent.path)/state/limits"
        let store = try FileRateLimitStore(folder: path)
        _ = try await store.exchange(exchange())
        let file = try #require(parent.files.first)
        #expect(try TemporaryFolder.mode(file) == 0o600)
        for folder in ["\(parent.path)/state", path, String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])] {
            #expect(try TemporaryFolder.mode(folder) == 0o700)
        }
    }

    @Test("Files: an exchange replaces any invalid content by a valid record")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        let stated = StatedLimit(limit: 600, remaining: 300, reset: Self.start + 60, departed: Self.start)
        _ = try await store.exchange(exchange(waiting: 4, stated: stated))
        let path = try #require(folder.files.first)
        let good = try Data(contentsOf: URL(fileURLWithPath: path))
        var bad = (0..<good.count).map { good.prefix($0) }
        for index in good.indices {
            var flipped = good
            flipped[index] ^= 0x41
            bad.append(flipped)
        }
        bad += [
            Data("{}".utf8), Data(repeating: 0, count: 4096), Data(repeating: 0xFF, count: 4096),
            good.replacing(Data("limits 5".utf8), with: Data("limits 4".utf8)),
        ]
        let empty = try await InMemory().reply(to: exchange(waiting: 9))
        for content in bad {
            try content.write(to: URL(fileURLWithPath: path))
            #expect(try await store.exchange(exchange(waiting: 9)) == [empty])
            #expect(store.known(org: Self.org).count == 1)
        }
        // The end of a longer record follows the shorter one.
        try (good + Data("rest".utf8)).write(to: URL(fileURLWithPath: path))
        #expect(store.known(org: Self.org).first?.content.windows["p"]?.remaining == 300)
    }

    @Test("Files: the record of another bucket counts as empty, and long names have separate files")
    func names() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        let long = "GET /api/v1/" + String(repeating: "long/{}/", count: 100)
        let buckets = ["GET /api/v1/users", "POST /api/v1/users", "GET /é/../..", long, long + "x"]
        for bucket in buckets { _ = try await store.exchange(exchange(bucket: bucket, waiting: 1)) }
        #expect(store.known(org: Self.org).map(\.bucket) == buckets.sorted())
        #expect(folder.files.count == buckets.count)
        let files = folder.files.sorted()
        try FileManager.default.removeItem(atPath: files[0])
        try FileManager.default.copyItem(atPath: files[1], toPath: files[0])
        for bucket in buckets { _ = try await store.exchange(exchange("b", bucket: bucket, waiting: 1)) }
        #expect(store.known(org: Self.org).map(\.bucket) == buckets.sorted())
    }

    @Test("Files: a file that stays locked fails the exchange, and is used again when it is free")
    func locked() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        _ = try await store.exchange(exchange())
        let path = try #require(folder.files.first)
        var holder = try LimitFile.open(path)
        #expect(try holder?.lock() == true)
        let error = await #expect(throws: FileStoreFailure.self) { try await store.exchange(exchange()) }
        #expect(error?.message == "another program keeps \(path) locked")
        holder = nil
        #expect(try await store.exchange(exchange()).count == 1)
    }

    @Test("Files: an exchange after the client's next one changes nothing")
    func late() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path)
        _ = try await store.exchange(exchange(held: 1, number: 1))
        _ = try await store.exchange(exchange(held: 5, number: 3))
        await #expect(throws: CancellationError.self) { try await store.exchange(exchange(held: 2, number: 2)) }
        #expect(store.known(org: Self.org).first?.content.members["a"]?.held == 5)
    }

    @Test("Files: a client without a response uses the offset that others have stored")
    func offset() async throws {
        let folder = try TemporaryFolder()
        let store = try FileRateLimitStore(folder: folder.path, source: StandingSource())
        let org = StandingSource().wallClock + 3600
        let stated = StatedLimit(limit: 600, remaining: 300, reset: org + 60, departed: org)
        _ = try await store.exchange(exchange(stated: stated, now: org))
        let reply = try #require(try await store.exchange(exchange("b", waiting: 1, now: nil)).first)
        #expect(reply.window?.remaining == 300)
        #expect(store.known(org: Self.org).first?.now == org.milliseconds)
    }
}

/// An empty store in memory, for comparison.
private struct InMemory {
    func reply(to exchange: LeaseExchange) async throws -> LeaseReply {
        var bucket = SharedBucket()
        let request = try #require(exchange.requests.first)
        return bucket.exchange(request, from: exchange.program, now: try #require(exchange.now).milliseconds)
    }
}
