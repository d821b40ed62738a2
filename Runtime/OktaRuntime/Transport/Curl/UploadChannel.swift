import Synchronization

/// The bounded buffer of a streamed request body between its source and the loop thread.
final class UploadChannel: Sendable {
    enum Read: Sendable {
        case bytes(Int)
        /// The source has no bytes ready, so the transfer must pause.
        case wait
        case end
        case failed(TransportError)
    }

    /// The error that is thrown to the source when the transfer has ended.
    struct Closed: Error {}

    fileprivate struct State {
        var pieces: [[UInt8]] = []
        /// The number of bytes read from the first piece.
        var offset = 0
        var pendingCount = 0
        var writtenCount = 0
        var end: Result<Void, TransportError>?
        var isLoopWaiting = false
        var isClosed = false
        var writer: CheckedContinuation<Void, Never>?
        var pump: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let length: Int?

    init(capacity: Int, length: Int?) {
        self.capacity = capacity
        self.length = length
    }

    /// Runs the source in a separate task, until it ends or the transfer does.
    ///
    /// - Parameter wakeLoop: Called if the loop waits for bytes, when there are some or the source has ended.
    func start(_ body: BodyStream, wakeLoop: @escaping @Sendable () -> Void) {
        let pump = Task {
            do {
                try await body.produce { piece in
                    if try self.add(piece) { wakeLoop() }
                    try await self.waitForRoom()
                }
                if self.finish(.success(())) { wakeLoop() }
            } catch {
                if self.finish(.failure(TransportError(bodyFailure: error))) { wakeLoop() }
            }
        }
        let isClosed = state.withLock { state in
            if !state.isClosed { state.pump = pump }
            return state.isClosed
        }
        if isClosed { pump.cancel() }
    }

    /// Ends the source. No further bytes are read.
    func close() {
        let (writer, pump) = state.withLock { state in
            defer {
                state.isClosed = true
                state.pieces = []
                state.writer = nil
                state.pump = nil
            }
            return (state.writer, state.pump)
        }
        writer?.resume()
        pump?.cancel()
    }

    /// Moves bytes to the loop.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Read {
        let (read, writer) = state.withLock { state -> (Read, CheckedContinuation<Void, Never>?) in
            let count = state.move(into: buffer)
            if count > 0 { return (.bytes(count), state.pendingCount < capacity ? state.takeWriter() : nil) }
            switch state.end {
            case .success where length.map { $0 != state.writtenCount } ?? false:
                return (.failed(Self.wrongLength("fewer")), nil)
            case .success: return (.end, nil)
            case .failure(let error): return (.failed(error), nil)
            case nil:
                state.isLoopWaiting = true
                return (.wait, nil)
            }
        }
        writer?.resume()
        return read
    }

    private static func wrongLength(_ more: String) -> TransportError {
        TransportError(.bodyFailed, detail: "its source produced \(more) bytes than the announced length")
    }

    /// Adds a piece, and returns whether the loop waits for bytes.
    private func add(_ piece: [UInt8]) throws -> Bool {
        try state.withLock { state in
            guard !state.isClosed else { throw Closed() }
            guard !piece.isEmpty else { return false }
            state.writtenCount += piece.count
            if let length, state.writtenCount > length { throw Self.wrongLength("more") }
            state.pieces.append(piece)
            state.pendingCount += piece.count
            return state.takeLoopWaiting()
        }
    }

    private func finish(_ end: Result<Void, TransportError>) -> Bool {
        state.withLock { state in
            state.end = end
            return state.takeLoopWaiting()
        }
    }

    private func waitForRoom() async throws {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.pendingCount < capacity || state.isClosed || state.writer != nil { return true }
                state.writer = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        if state.withLock({ $0.isClosed }) { throw Closed() }
    }
}

extension UploadChannel.State {
    fileprivate mutating func takeWriter() -> CheckedContinuation<Void, Never>? {
        defer { writer = nil }
        return writer
    }

    fileprivate mutating func takeLoopWaiting() -> Bool {
        defer { isLoopWaiting = false }
        return isLoopWaiting
    }

    /// Copies as many bytes as fit into the buffer, and drops the consumed pieces.
    fileprivate mutating func move(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var moved = 0
        var usedUp = 0
        while usedUp < pieces.count, moved < buffer.count {
            let rest = pieces[usedUp][offset...].prefix(buffer.count - moved)
            UnsafeMutableRawBufferPointer(rebasing: buffer[moved...]).copyBytes(from: rest)
            moved += rest.count
            offset += rest.count
            if offset == pieces[usedUp].count {
                usedUp += 1
                offset = 0
            }
        }
        pieces.removeFirst(usedUp)
        pendingCount -= moved
        return moved
    }
}
