internal import HTTPTypes
package import OktaRuntime

extension CommandFailure {
    /// Creates the failure of a call. The library's texts contain no secret.
    ///
    /// Where the library's advice names settings of a program, it is replaced by advice for the command line.
    package init(_ error: OktaError) {
        switch error {
        case .decoding(let failure):
            let request = failure.requestID.map { " (request \($0))" } ?? ""
            self.init(
                .refused, "\(failure.method.rawValue) \(failure.path): \(failure.reason)\(request)",
                advice: Self.advice(for: failure))
        case .transport(let failure):
            let advice = [failure.caution, Self.advice(for: failure)].compactMap(\.self)
            self.init(
                ExitCode(error), failure.event, advice: advice.isEmpty ? nil : advice.joined(separator: "\n"))
        case .rateLimited(let failure):
            self.init(
                ExitCode(error), failure.event,
                advice: "Run the command again later, or give its calls more time: OKTA_CLIENT_REQUESTTIMEOUT=600.")
        case .paging(let failure):
            self.init(ExitCode(error), failure.event, advice: Self.advice(for: failure))
        case .api(let failure) where failure.code == "E0000031":
            // A command starts at the beginning of a list, so the hint about a stored cursor does not apply.
            let text = "\(error)"
            let message = text.firstRange(of: ". If the call resumes").map { String(text[..<$0.lowerBound]) } ?? text
            self.init(ExitCode(error), message, advice: "Check the expression. Texts in it need double quotes.")
        // Only an interruption cancels the calls of a command.
        case .cancelled: self.init(.interrupted, "interrupted")
        default: self.init(ExitCode(error), "\(error)")
        }
    }

    private static func advice(for failure: OktaError.DecodingFailure) -> String {
        let isReading = failure.method == .get || failure.method == .head
        guard failure.requestID != nil else {
            return
                "Responses of an org have a request id, and this one has none: check the org URL, and whether a proxy or "
                + "a sign-in page is in between."
                + (isReading ? "" : " Read the object before you change it again: the call may have been executed.")
        }
        return isReading
            ? "`okta request \(failure.method.rawValue) \(failure.path)` shows the response as it is."
            : "The org has executed the call. Read the object before you change it again."
    }

    private static func advice(for failure: OktaError.TransportFailure) -> String? {
        switch failure.error.kind {
        case .unknownHost: "Check the org URL, which `okta orgs list` shows, and DNS."
        case .proxyFailed, .proxyAuthenticationFailed:
            "Check the proxy in the variable https_proxy, or in the profile, and its user name and password."
        case .proxyRefused: "Ask the proxy's operators to allow the org's host, or name the host in no_proxy."
        case .connectionFailed: "Check the network, firewall and proxy."
        case .tlsFailed: "Check whether a proxy or firewall interferes."
        case .untrustedCertificate:
            "If a proxy inspects traffic here, name a PEM file with its certificate in the variable SSL_CERT_FILE."
        case .invalidOptions: "Check the variable SSL_CERT_FILE and the proxy, in https_proxy or in the profile."
        case .timedOut: "Give the calls more time: OKTA_CLIENT_REQUESTTIMEOUT=600, in seconds."
        case .responseTooLarge: "Ask for smaller pages with --limit."
        case .malformedResponse:
            "Check host and port of the org URL, and whether a proxy or a sign-in page is in between."
        case .connectionLost, .truncatedResponse: failure.caution == nil ? "Run the command again." : nil
        default: nil
        }
    }

    private static func advice(for failure: OktaError.PagingFailure) -> String {
        switch failure.reason {
        case .otherPath: "The output ends before that link. Read the other list separately if you need it."
        case .onlyEmptyPages: "Run the command again later, or with a narrower filter or search."
        case .repeatedCursor, .malformedLink, .noNextPage:
            "Run the command again later, and ask Okta's support if that fails again."
        case .foreignCursor: "Name another file for the position, or remove this one."
        @unknown default: "Run the command again later."
        }
    }
}
