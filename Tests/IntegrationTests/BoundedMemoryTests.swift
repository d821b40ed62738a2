import Foundation
import OktaRuntime
import Testing

#if os(Linux)
@Suite(
    "What a process keeps", .serialized, .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct BoundedMemoryTests {
    /// 240 MB go through buffers of some hundred KB.
    @Test func longUploadStaysSmall() async throws {
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

    @Test func descriptorsAndThreadsGoWithTheTransport() async throws {
        let before = try (Process.count("/proc/self/fd"), Process.count("/proc/self/task"))
        for _ in 0..<50 {
            let transport = try Nginx.transport()
            _ = try await transport.send(Nginx.request(.secure, "/hint"))
            _ = try await transport.stream(Nginx.request(.plain, "/api/v1/users50"))
            transport.shutdown()
        }
        // The threads end on their own time.
        var after = before
        for _ in 0..<100_000 {
            after = try (Process.count("/proc/self/fd"), Process.count("/proc/self/task"))
            if after.0 <= before.0 + 4 && after.1 <= before.1 + 4 { break }
            await Task.yield()
        }
        // Those that other tests and the pool of threads may have opened meanwhile.
        #expect(after.0 <= before.0 + 4)
        #expect(after.1 <= before.1 + 4)
    }

    private enum Process {
        static func count(_ folder: String) throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: folder).count
        }

        static func peakKilobytes() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber)))
        }
    }
}
#endif
