#if Proxy
internal import HTTPTypes
internal import OktaRuntime

/// A request with the head of its response, and the body that remains to be delivered.
struct SentExchange: Sendable {
    var response: UpstreamResponse
    /// The scan for credentials that the proxy added.
    var scan: SecretScan
    /// The part of the body that was read before it exceeded the limit.
    private var prefix: [UInt8] = []

    init(response: UpstreamResponse, scan: SecretScan) {
        self.response = response
        self.scan = scan
    }

    /// Reads the whole body into memory. Returns false if it is too long, in which case it is streamed.
    ///
    /// - Throws: ``ProxyFailure`` if the body is cut off or contains a credential.
    mutating func collect(upTo limit: Int) async throws -> Bool {
        guard let stream = response.stream else { return true }
        if let length = try ResponseCheck.length(of: response.head), length > limit { return false }
        var bytes: [UInt8] = []
        do {
            while let piece = try await stream.next() {
                let passed = try scan.pass(piece)
                if bytes.isEmpty { bytes = passed } else { bytes += passed }
                if bytes.count > limit {
                    prefix = bytes
                    return false
                }
            }
        } catch let error as TransportError {
            throw try Self.failure(error)
        } catch is SecretScan.Leak {
            throw Self.withheld
        }
        response.body = bytes + scan.rest()
        response.stream = nil
        return true
    }

    /// Returns the first piece of the body; nil if there is none.
    ///
    /// - Throws: ``ProxyFailure`` if the body is cut off or contains a credential. Nothing was delivered yet.
    mutating func first() async throws -> [UInt8]? {
        do {
            while let piece = try await next() {
                if !piece.isEmpty { return piece }
            }
            return nil
        } catch let error as TransportError {
            throw try Self.failure(error)
        } catch is SecretScan.Leak {
            throw Self.withheld
        }
    }

    /// Returns the next piece of the body; nil at the end. Pieces may be empty.
    mutating func next() async throws -> [UInt8]? {
        if !prefix.isEmpty {
            defer { prefix = [] }
            return prefix
        }
        guard let stream = response.stream else { return nil }
        if let piece = try await stream.next() { return try scan.pass(piece) }
        let rest = scan.rest()
        return rest.isEmpty ? nil : rest
    }

    /// Returns the failure for a body that was cut off before anything was delivered.
    private static func failure(_ error: TransportError) throws -> ProxyFailure {
        guard let failure = ProxyFailure(.transport(.init(error))) else { throw CancellationError() }
        return failure
    }

    static var withheld: ProxyFailure {
        ProxyFailure(
            .withheld,
            "the response is withheld, because it repeats the credentials that the proxy has added to the request")
    }
}

extension TransportResponse.Stream {
    fileprivate func next() async throws(TransportError) -> [UInt8]? {
        var iterator = makeAsyncIterator()
        return try await iterator.next()
    }
}
#endif
