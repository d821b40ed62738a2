import Synchronization

/// The bounded buffer of a streamed response between the loop thread and the reader.
final class DownloadChannel: Sendable {
    enum Taken: Sendable {
        /// A piece. `isLoopWaiting` says whether the loop has paused the transfer since the last one.
        case piece([UInt8], isLoopWaiting: Bool)
        case end
        case failed(TransportError)
    }

    fileprivate struct State {
        var pending: [UInt8] = []
        var isLoopWaiting = false
        var end: Result<Void, TransportError>?
        var readers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Accepts bytes from the loop. Returns false if the buffer is full and the transfer must pause.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, readers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
            guard state.pending.count < capacity else {
                state.isLoopWaiting = true
                return (false, [])
            }
            // Data after the end belongs to a transfer that is about to be ended.
            if state.end == nil { state.pending.append(contentsOf: bytes) }
            return (true, state.takeReaders())
        }
        for reader in readers { reader.resume() }
        return isTaken
    }

    /// Ends the body. Only the first call has an effect. A failure drops the buffered data.
    func finish(_ end: Result<Void, TransportError>) {
        let readers = state.withLock { state in
            if state.end == nil {
                state.end = end
                if case .failure = end { state.pending = [] }
            }
            return state.takeReaders()
        }
        for reader in readers { reader.resume() }
    }

    /// Whether the body has ended.
    var hasEnded: Bool { state.withLock { $0.end != nil } }

    /// Returns the bytes that have arrived, or the end; `nil` if there is nothing yet.
    func takeArrived() -> Taken? { state.withLock { $0.take() } }

    /// Waits for bytes or the end.
    func take() async -> Taken {
        while true {
            if let taken = takeArrived() { return taken }
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.pending.isEmpty || state.end != nil { return true }
                    state.readers.append(continuation)
                    return false
                }
                if isReady { continuation.resume() }
            }
        }
    }
}

extension DownloadChannel.State {
    fileprivate mutating func takeReaders() -> [CheckedContinuation<Void, Never>] {
        defer { readers = [] }
        return readers
    }

    fileprivate mutating func take() -> DownloadChannel.Taken? {
        if !pending.isEmpty {
            defer {
                pending = []
                isLoopWaiting = false
            }
            return .piece(pending, isLoopWaiting: isLoopWaiting)
        }
        switch end {
        case .success: return .end
        case .failure(let error): return .failed(error)
        case nil: return nil
        }
    }
}

/// The reading end of a streamed response. It ends the transfer when it is deinitialized or its task is cancelled.
final class DownloadReader: Sendable {
    private let call: CurlCall
    private let channel: DownloadChannel
    private let mailbox: CurlMailbox
    /// The transport, which is retained so that it keeps running.
    private let transport: CurlTransport

    init(call: CurlCall, channel: DownloadChannel, mailbox: CurlMailbox, transport: CurlTransport) {
        self.call = call
        self.channel = channel
        self.mailbox = mailbox
        self.transport = transport
    }

    deinit {
        // A needless command would wake the loop.
        if !channel.hasEnded { mailbox.post(.cancel(call)) }
    }

    func next() async throws(TransportError) -> [UInt8]? {
        switch await take() {
        case .piece(let bytes, let isLoopWaiting):
            if isLoopWaiting { mailbox.post(.resume(call)) }
            return bytes
        case .end:
            return nil
        case .failed(let error):
            throw error
        }
    }

    private func take() async -> DownloadChannel.Taken {
        // What has arrived needs no wait, and so no handler for cancellation.
        if !Task.isCancelled, let taken = channel.takeArrived() { return taken }
        return await withTaskCancellationHandler {
            await channel.take()
        } onCancel: {
            channel.finish(.failure(TransportError(.cancelled, mayHaveReachedServer: true)))
            mailbox.post(.cancel(call))
        }
    }
}
