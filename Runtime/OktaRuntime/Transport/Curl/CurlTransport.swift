internal import CCurlShim

/// The transport over libcurl.
///
/// One thread of its own drives all transfers of an instance through a `curl_multi` handle: connections are kept and
/// shared (HTTP/2 over TLS when the server offers it, HTTP/1.1 otherwise), compressed bodies are decoded, redirects are
/// not followed, cookies are not kept, certificates are verified. Only `https` is sent, and `http` to a loopback host.
///
/// Share one instance: each has its own thread and connections. Both end with ``shutdown()`` or with the instance.
///
/// libcurl repeats a request by itself in one case: when a kept connection turns out to have been closed by the server
/// before a single byte of an answer came back.
public final class CurlTransport: Transport {
    private let mailbox: CurlMailbox
    private let options: Options

    /// What all transfers of an instance have in common.
    public struct Options: Sendable, Hashable {
        /// Path of a PEM file with the certificate authorities to trust instead of the system's; `nil` for those.
        public var caBundlePath: String?

        /// URL of the proxy, such as `http://proxy.example:3128`; `nil` for what the environment says (`https_proxy`,
        /// `no_proxy`), empty for none. Never used for loopback hosts.
        public var proxy: String?

        /// The most connections to one host, at least 1; further requests wait for a free one. HTTP/2 shares one.
        public var maximumConnectionsPerHost: Int

        /// Creates a set of options.
        ///
        /// - Parameters:
        ///   - caBundlePath: Path of a PEM file, or `nil` for the system's authorities.
        ///   - proxy: URL of the proxy, `nil` for the environment's, empty for none.
        ///   - maximumConnectionsPerHost: The most connections to one host, at least 1.
        public init(caBundlePath: String? = nil, proxy: String? = nil, maximumConnectionsPerHost: Int = 8) {
            self.caBundlePath = caBundlePath
            self.proxy = proxy
            self.maximumConnectionsPerHost = maximumConnectionsPerHost
        }
    }

    /// Starts the thread of a new transport.
    ///
    /// - Parameter options: What all transfers have in common.
    /// - Throws: ``TransportError`` of kind ``TransportError/Kind/other`` when libcurl or the thread cannot start.
    public init(options: Options = Options()) throws(TransportError) {
        let multi = try CurlMultiHandle.create(maximumConnectionsPerHost: options.maximumConnectionsPerHost)
        let mailbox = CurlMailbox(multi: multi)
        self.mailbox = mailbox
        self.options = options
        do {
            try LoopThread.start {
                var loop = CurlLoop(multi: multi, mailbox: mailbox)
                loop.run()
            }
        } catch {
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
        let call = CurlCall(request: request, options: options)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.attach(continuation)
                mailbox.post(.start(call))
            }
        } onCancel: {
            // May run before the call is posted: the loop asks for the mark when it starts a call.
            call.markCancelled()
            mailbox.post(.cancel(call))
        }
        return try outcome.get()
    }
}
