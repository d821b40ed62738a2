import Foundation
import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

#if os(Linux)
@Suite(
    "What a process keeps", .serialized, .hangLimit, .enabled(if: Nginx.isRunning, "make test-integration starts nginx")
)
struct BoundedMemoryTests {
    /// 240 MB pass through buffers of a few hundred KB.
    @Test("Memory: a long upload needs bounded memory") func longUploadStaysSmall() async throws {
        let transport = try Nginx.transport()
        let length = 60 << 20
        let before = try Process.peakKilobytes()
        let body = BodyStream(length: length, isRepeatable: true) { write in
            for _ in 0..<length >> 16 { try await write([UInt8](repeating: 1, count: 1 << 16)) }
        }
        for _ in 0..<4 {
            let request = Nginx.request(.plain, "/upload", method: .post, streamedBody: body)
            #expect(try await transport.send(request).text == "\(length)")
        }
        #expect(try Process.peakKilobytes() - before < 16 << 10)
    }

    /// A slow reader receives 200 MB.
    @Test("Memory: a long download needs bounded memory") func longDownloadStaysSmall() async throws {
        var configuration = try OktaConfiguration(orgURL: Nginx.origin(.plain), token: "test-token")
        configuration.maximumResponseBytes = 1 << 20
        configuration.timeouts = .patient
        let client = try OktaClient(configuration: configuration)
        let before = try Process.residentKilobytes()
        var (length, largest, pieces) = (0, 0, 0)
        for try await piece in try await client.stream(.get, "/zeros") {
            length += piece.count
            pieces += 1
            for _ in 0..<20 { await Task.yield() }
            if pieces.isMultiple(of: 16) { largest = max(largest, try Process.residentKilobytes()) }
        }
        #expect(length == 200 << 20)
        #expect(largest > 0)
        #expect(largest - before < 16 << 10)
    }

    /// Storms of a thousand calls with 30 % faults. The allocator keeps more memory at first, and a different amount
    /// each time, so the test takes the lowest of several figures after a dozen storms. It detects a leak of half a
    /// kilobyte per call.
    @Test("Memory: many concurrent calls leave no memory behind") func manyConcurrentCallsLeaveNoMemoryBehind()
        async throws
    {
        let transport = try CurlTransport(options: .init(maximumConnectionsPerHost: 32))
        _ = try await lowestAfterStorms(12, transport)
        let first = try await lowestAfterStorms(4, transport)
        _ = try await lowestAfterStorms(8, transport)
        let second = try await lowestAfterStorms(4, transport)
        #expect(second - first < 6 << 10)
        transport.shutdown()
    }

    private func lowestAfterStorms(_ count: Int, _ transport: CurlTransport) async throws -> Int {
        var lowest = Int.max
        for _ in 0..<count {
            try await storm(transport)
            lowest = min(lowest, try Process.residentKilobytes())
        }
        return lowest
    }

    private func storm(_ transport: CurlTransport) async throws {
        // The storms have their own server, because servers record every request.
        let server = try LoopbackServer { .storm(Int($0.path.dropFirst()) ?? 0) }
        let succeeded = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let head = HTTPRequest(
                        method: .get, scheme: "http", authority: "127.0.0.1:\(server.port)", path: "/\(number)")
                    return (try? await transport.send(TransportRequest(head: head))) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(succeeded == 700)
        await server.stop()
    }

    @Test("Memory: file descriptors and threads end with the transport") func descriptorsAndThreadsGoWithTheTransport()
        async throws
    {
        let before = try (Process.count("/proc/self/fd"), Process.count("/proc/self/task"))
        for _ in 0..<50 {
            let transport = try Nginx.transport()
            _ = try await transport.send(Nginx.request(.secure, "/hint"))
            _ = try await transport.stream(Nginx.request(.plain, "/api/v1/users50"))
            transport.shutdown()
        }
        // The threads end asynchronously. Other tests and the pool may have started up to four more meanwhile.
        #expect(
            try await eventually {
                try Process.count("/proc/self/fd") <= before.0 + 4 && Process.count("/proc/self/task") <= before.1 + 4
            })
    }

    private enum Process {
        static func count(_ folder: String) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: folder).count
        }

        /// Returns the resident memory of the process.
        static func residentKilobytes() throws -> Int {
            let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            let pages = try #require(fields.dropFirst().first.flatMap { Int($0) })
            return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
        }

        static func peakKilobytes() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber)))
        }
    }
}
#endif
