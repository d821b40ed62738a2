#if Proxy
internal import HTTPTypes
internal import OktaRuntime

/// A request that the org has answered, with its body still to be passed on.
struct SentExchange: Sendable {
    var response: UpstreamResponse
    /// Looks for the credentials that the proxy has added.
    var scan: SecretScan
    /// What was read of the body before it was clear that it is too long to be held.
    private var prefix: [UInt8] = []

    init(response: UpstreamResponse, scan: SecretScan) {
        self.response = response
        self.scan = scan
    }

    /// Reads the whole body into memory; false for one that is too long, which is then streamed.
    ///
    /// - Throws: ``ProxyFailure`` when the body breaks off or repeats a credential.
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

    /// The first piece to pass on; nil where there is none.
    ///
    /// - Throws: ``ProxyFailure`` when the body breaks off or repeats a credential: nothing was passed on yet.
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

    /// The next piece to pass on; nil at the end. Pieces may be empty.
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

    /// The answer for a body that broke off before anything was passed on.
    private static func failure(_ error: TransportError) throws -> ProxyFailure {
        guard let failure = ProxyFailure(.transport(.init(error))) else { throw CancellationError() }
        return failure
    }

    static var withheld: ProxyFailure {
        ProxyFailure(
            .withheld,
            "the answer is withheld, because it repeats the credentials that the proxy has added to the request")
    }
}

extension TransportResponse.Stream {
    fileprivate func next() async throws(TransportError) -> [UInt8]? {
        var iterator = makeAsyncIterator()
        return try await iterator.next()
    }
}
#endif
