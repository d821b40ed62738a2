import HTTPTypes
import OktaRuntime
import Testing

@Suite struct TransportFailureTests {
    private func text(
        _ kind: TransportError.Kind, of method: HTTPRequest.Method? = .get, mayHaveReachedServer: Bool = false
    ) -> String {
        let error = TransportError(kind, detail: "why", mayHaveReachedServer: mayHaveReachedServer)
        return OktaError.TransportFailure(error, method: method, path: "/api/v1/x").description
    }

    @Test(
        "Transport failure: each kind has advice",
        arguments: [
            (TransportError.Kind.unknownHost, "org URL"), (.proxyFailed, "https_proxy"),
            (.connectionFailed, "firewall"),
            (.tlsFailed, "client certificate"), (.untrustedCertificate, "caBundlePath"),
            (.timedOut, "raise the timeout"),
            (.invalidOptions, "clientCertificate"), (.connectionLost, "Retry the call"),
            (.truncatedResponse, "Retry the call"), (.malformedResponse, "a proxy or a sign-in page"),
            (.responseTooLarge, "maximumResponseBytes"), (.bodyFailed, "as long as announced"),
            (.shutDown, "a running transport"), (.other, "Retry the call later"),
            (TransportError.Kind(rawValue: "ofAnotherTransport"), "Retry the call later"),
        ])
    func eachKindHasAdvice(_ kind: TransportError.Kind, _ words: String) {
        let text = text(kind)
        #expect(text.hasPrefix("GET /api/v1/x: "), "\(text)")
        #expect(text.contains("(why). ") && text.contains(words) && text.hasSuffix("."), "\(text)")
    }

    /// These errors contain their own advice.
    @Test(
        "Transport failure: an error whose own text is sufficient has no advice",
        arguments: [TransportError.Kind.cancelled, .invalidRequest])
    func theErrorsOwnWordsMayDo(_ kind: TransportError.Kind) {
        #expect(text(kind).hasSuffix("(why)"))
    }

    private static let uncertain: [TransportError.Kind] = [
        .timedOut, .connectionLost, .truncatedResponse, .malformedResponse, .responseTooLarge, .shutDown, .other,
    ]

    @Test(
        "Transport failure: a change that may have been executed must be verified before a retry", arguments: uncertain)
    func changeThatMayHaveBeenExecutedMustBeVerifiedBeforeRetry(_ kind: TransportError.Kind) {
        for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
            let text = text(kind, of: method, mayHaveReachedServer: true)
            #expect(text.contains("check before you retry") && !text.contains("Retry the call"), "\(text)")
        }
    }

    @Test("Transport failure: a read, or a request that was not sent, may be retried", arguments: uncertain)
    func readOrRequestThatWasNotSentMayBeRetried(_ kind: TransportError.Kind) {
        #expect(!text(kind, of: .get, mayHaveReachedServer: true).contains("may have done"))
        #expect(!text(kind, of: .head, mayHaveReachedServer: true).contains("may have done"))
        #expect(!text(kind, of: .post, mayHaveReachedServer: false).contains("may have done"))
        #expect(!text(kind, of: nil, mayHaveReachedServer: true).contains("may have done"))
    }
}
