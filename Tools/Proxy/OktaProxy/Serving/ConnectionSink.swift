#if Proxy
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import HTTPTypes
internal import NIOCore

/// Access of a task to its connection. The task usually runs on the connection's event loop; otherwise it hops there.
struct ConnectionAccess: Sendable {
    private let parts: NIOLoopBound<(handler: ConnectionHandler, exchange: ServerExchange)>
    private let loop: any EventLoop

    init(_ handler: ConnectionHandler, _ exchange: ServerExchange, _ loop: any EventLoop) {
        parts = NIOLoopBound((handler, exchange), eventLoop: loop)
        self.loop = loop
    }

    /// Runs work on the event loop.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (ConnectionHandler, ServerExchange) throws -> Value
    ) async throws -> Value {
        if loop.inEventLoop { return try work(parts.value.handler, parts.value.exchange) }
        return try await loop.submit { try work(parts.value.handler, parts.value.exchange) }.get()
    }

    /// Returns the next piece of the request's body when it arrives; nil at the end.
    func nextPiece() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                onLoop { handler, exchange in handler.read(exchange, continuation) }
            }
        } onCancel: {
            loop.execute { parts.value.exchange.fail(.disconnected) }
        }
    }

    /// Waits until the client has received what was written.
    func capacity() async throws {
        let isFull = try await run { handler, exchange in
            guard handler.exchange === exchange, let context = handler.context else { throw ClientGone() }
            return !context.channel.isWritable
        }
        guard isFull else { return }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            onLoop { handler, exchange in
                guard handler.exchange === exchange, let context = handler.context else {
                    return continuation.resume(throwing: ClientGone())
                }
                guard !context.channel.isWritable, exchange.writer == nil else { return continuation.resume() }
                exchange.writerSince = .now()
                exchange.writer = continuation
            }
        }
    }

    private func onLoop(_ work: @escaping @Sendable (ConnectionHandler, ServerExchange) -> Void) {
        if loop.inEventLoop { return work(parts.value.handler, parts.value.exchange) }
        loop.execute { work(parts.value.handler, parts.value.exchange) }
    }
}

/// Writes the response to a request of a connection.
struct ConnectionSink: ResponseSink {
    let access: ConnectionAccess

    func send(_ head: HTTPResponse, body: [UInt8]) async throws {
        try await access.run { handler, exchange in
            try Self.checkIsOpen(handler, exchange)
            let isBodyless = ResponseText.isBodyless(head.status, isHead: exchange.isHead)
            let connection = handler.connectionField(exchange, needsClose: false)
            var buffer = ByteBufferAllocator().buffer(capacity: 512 + (isBodyless ? 0 : body.count))
            ResponseText.write(head, length: isBodyless ? nil : body.count, connection: connection, to: &buffer)
            if !isBodyless { buffer.writeBytes(body) }
            exchange.response = .begun(.none)
            handler.write(buffer)
        }
        try await access.capacity()
        try await access.run { handler, exchange in handler.finish(exchange) }
    }

    func begin(_ head: HTTPResponse, length: Int?) async throws {
        try await access.run { handler, exchange in
            try Self.checkIsOpen(handler, exchange)
            let framing: Framing =
                if ResponseText.isBodyless(head.status, isHead: exchange.isHead) {
                    .none
                } else if let length { .length(length) } else if exchange.isHTTP10 { .untilClose } else { .chunked }
            let connection = handler.connectionField(exchange, needsClose: framing == .untilClose)
            var buffer = ByteBufferAllocator().buffer(capacity: 1024)
            ResponseText.write(head, isChunked: framing == .chunked, connection: connection, to: &buffer)
            exchange.response = .begun(framing)
            exchange.headBuffer = buffer
        }
    }

    func write(_ piece: [UInt8]) async throws {
        try await access.run { handler, exchange in
            guard handler.exchange === exchange, case .begun(let framing) = exchange.response else {
                throw ClientGone()
            }
            var buffer = exchange.takeHead(reserving: piece.count + 16)
            switch framing {
            case .none: return
            case .untilClose: buffer.writeBytes(piece)
            case .chunked: ResponseText.writeChunk(piece, to: &buffer)
            case .length(let left):
                guard piece.count <= left else { throw ResponseFault() }
                exchange.response = .begun(.length(left - piece.count))
                buffer.writeBytes(piece)
            }
            handler.write(buffer)
        }
        try await access.capacity()
    }

    func end() async throws {
        try await access.run { handler, exchange in
            guard handler.exchange === exchange, case .begun(let framing) = exchange.response else {
                throw ClientGone()
            }
            if case .length(let left) = framing, left > 0 { throw ResponseFault() }
            var buffer = exchange.takeHead(reserving: 8)
            if framing == .chunked { buffer.writeStaticString("0\r\n\r\n") }
            if buffer.readableBytes > 0 { handler.write(buffer) }
        }
        try await access.capacity()
        try await access.run { handler, exchange in handler.finish(exchange) }
    }

    func abort() async {
        _ = try? await access.run { handler, exchange in handler.abort(exchange) }
    }

    /// The length of the body differs from the head's.
    private struct ResponseFault: Error {}

    private static func checkIsOpen(_ handler: ConnectionHandler, _ exchange: ServerExchange) throws {
        guard handler.exchange === exchange, exchange.response == .none else { throw ClientGone() }
    }
}

extension Channel {
    /// Makes closing the connection send a reset, which no client mistakes for the end of a body.
    func resetWhenClosed() {
        _ = (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
}
#endif
