import Testing

@testable import OktaRuntime

@Suite struct UploadChannelTests {
    /// The source is never ahead of a slow reader by more than the capacity and one piece.
    @Test("Upload channel: the source is paused", arguments: [1, 7, 100, 4096])
    func sourceIsHeldBack(readSize: Int) async throws {
        let capacity = 1000
        let pieceSize = 300
        let produced = Tally()
        let body = BodyStream(length: nil) { write in
            for _ in 0..<100 {
                produced.add(pieceSize)
                try await write([UInt8](repeating: 1, count: pieceSize))
            }
        }
        let channel = UploadChannel(capacity: capacity, length: nil)
        let (wakes, wake) = AsyncStream.makeStream(of: Void.self)
        channel.start(body) { wake.yield() }
        var iterator = wakes.makeAsyncIterator()
        var read = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 1)
        defer { buffer.deallocate() }
        reading: while true {
            switch channel.read(into: buffer) {
            case .bytes(let count): read += count
            case .wait: await iterator.next()
            case .end: break reading
            case .failed(let error): throw error
            }
            #expect(produced[0] <= read + capacity + 2 * pieceSize)
        }
        #expect(read == 100 * pieceSize)
    }
}
