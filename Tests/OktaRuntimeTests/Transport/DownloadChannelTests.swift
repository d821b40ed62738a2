import Testing

@testable import OktaRuntime

@Suite struct DownloadChannelTests {
    @Test("Download channel: the sender pauses at the capacity") func senderIsHeldBackAtTheCapacity() async {
        let channel = DownloadChannel(capacity: 10)
        let piece: [UInt8] = [1, 2, 3, 4]
        // The channel accepts pieces until the capacity is reached, so at most one piece exceeds it.
        #expect((0..<4).map { _ in piece.withUnsafeBytes { channel.offer($0) } } == [true, true, true, false])
        guard case .piece(let bytes, let isLoopWaiting) = await channel.take() else {
            Issue.record("no piece")
            return
        }
        #expect(bytes.count == 12 && isLoopWaiting)
        #expect(piece.withUnsafeBytes { channel.offer($0) })
        guard case .piece(let next, let isStillWaiting) = await channel.take() else {
            Issue.record("no piece")
            return
        }
        #expect(next == piece && !isStillWaiting)
    }

    @Test("Download channel: a failure drops unread data, and the first end counts")
    func failureDropsWhatHasArrivedAndTheFirstEndCounts() async {
        let channel = DownloadChannel(capacity: 10)
        #expect([1].withUnsafeBytes { channel.offer($0) })
        channel.finish(.failure(TransportError(.cancelled)))
        channel.finish(.success(()))
        guard case .failed(let error) = await channel.take() else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .cancelled)
    }
}
