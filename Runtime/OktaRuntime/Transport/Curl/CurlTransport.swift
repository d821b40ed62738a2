/// The transport over libcurl.
///
/// One thread of its own drives all transfers of an instance through a `curl_multi` handle: connections are kept and
/// shared (HTTP/2 over TLS when the server offers it, HTTP/1.1 otherwise), compressed bodies are decoded, redirects are
/// not followed, cookies are not kept, certificates are verified. Only `https` is sent, and `http` to a loopback host.
///
/// Share one instance: each has its own thread and connections. Both end with ``shutdown()`` or with the instance. When the
/// process ends first, by a return from `main` or by `exit`, the thread stops where it is, and calls under way do not end.
///
/// libcurl repeats a `GET` or `HEAD` without a DPoP proof by itself when a kept connection turns out to have been closed by
/// the server before a single byte of an answer came back. Any other request is repeated only when the server has refused
/// its HTTP/2 stream, and so has not acted on it.
public final class CurlTransport: Transport {
    private let mailbox: CurlMailbox
    private let options: Options

    /// Starts the thread of a new transport.
    ///
    /// - Parameter options: What all transfers have in common.
    /// - Throws: ``TransportError`` of kind ``TransportError/Kind/invalidOptions`` that names the option, or
    ///   ``TransportError/Kind/other`` when libcurl or the thread cannot start.
    public convenience init(options: Options = Options()) throws(TransportError) {
        try self.init(options: options, loops: .ofProcess)
    }

    init(options: Options, loops: LoopRegistry) throws(TransportError) {
        try options.check()
        let multi = try CurlMultiHandle.create(maximumConnectionsPerHost: options.maximumConnectionsPerHost)
        let mailbox = CurlMailbox(wakeUp: multi)
        self.mailbox = mailbox
        self.options = options
        do throws(TransportError) {
            try loops.enter(mailbox)
            try TransportThread.start {
                var loop = CurlEventLoop(multi: multi, mailbox: mailbox, options: options)
                loop.run(among: loops)
            }
        } catch {
            loops.leave(mailbox)
            mailbox.retire()
            multi.destroy()
            throw error
        }
    }

    deinit {
        mailbox.close()
    }

    /// Ends the thread; calls in flight and later ones fail with ``TransportError/Kind/shutDown``. May be called again.
    public func shutdown() {
        mailbox.close()
    }

    /// Sends the request on the transport's thread; cancelling the task ends the transfer.
    ///
    /// - Parameter request: The request, to an `https` URL or to a loopback host.
    /// - Returns: The complete response, whatever its status.
    /// - Throws: A ``TransportError``.
    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        try await perform(CurlCall(request: request, upload: uploadChannel(for: request))).get()
    }

    /// Sends the request and brings back the response when its head has arrived, the body to follow.
    ///
    /// The transfer has a connection of its own, over HTTP/1.1: a slow reader holds its sender back, and nobody else.
    /// The total time allowed ends with the head; after that, a silence of ``TransportRequest/Timeouts/idle`` ends the transfer,
    /// but not while it waits for its reader.
    ///
    /// - Parameter request: The request, to an `https` URL or to a loopback host.
    /// - Returns: The response, whatever its status.
    /// - Throws: A ``TransportError``; reading the body throws them too.
    public func stream(_ request: TransportRequest) async throws(TransportError) -> TransportStream {
        let channel = DownloadChannel(capacity: options.streamBufferBytes)
        let call = CurlCall(request: request, download: channel, upload: uploadChannel(for: request))
        // Made before the head arrives, so that the transfer ends whatever becomes of the caller.
        let reader = DownloadReader(call: call, channel: channel, mailbox: mailbox, transport: self)
        let response = try await perform(call).get()
        return TransportStream(head: response.head) { () async throws(TransportError) -> [UInt8]? in
            try await reader.next()
        }
    }

    /// Counts what the loop holds.
    func census() async -> CurlCensus {
        await withCheckedContinuation { continuation in
            mailbox.post(.census { continuation.resume(returning: $0) })
        }
    }

    private func uploadChannel(for request: TransportRequest) -> UploadChannel? {
        request.streamedBody.map { UploadChannel(capacity: options.streamBufferBytes, length: $0.length) }
    }

    private func perform(_ call: CurlCall) async -> CurlCall.Outcome {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.attach(continuation)
                mailbox.post(.start(call))
                if let upload = call.upload, let body = call.request.streamedBody {
                    upload.start(body) { [mailbox] in mailbox.post(.resume(call)) }
                }
            }
        } onCancel: {
            // May run before the call is posted: the loop asks for the mark when it starts a call.
            call.markCancelled()
            mailbox.post(.cancel(call))
        }
    }
}
