package import OktaRuntime

extension CommandFailure {
    /// Creates the failure for an org's settings, with advice for missing ones.
    package init(_ error: OktaError, of target: OrgTarget) {
        guard case .configuration(let failure) = error else {
            self.init(error)
            return
        }
        let parts = failure.parts.isEmpty ? [failure] : failure.parts
        let missing = parts.compactMap(\.missing)
        guard !missing.isEmpty else {
            self.init(error)
            return
        }
        let sentences = parts.map { part in
            part.missing.map { (["\($0.what) is missing"] + $0.remarks).joined(separator: "; ") } ?? part.description
        }
        let variables = missing.map(\.variable).joined(separator: " and ")
        let lacksOrg = parts.contains { $0.missing?.name == OktaSettings.Key.orgURL.rawValue || $0.missing == nil }
        let advice: String
        if lacksOrg {
            // A profile has no effect while the variables or the file configure a client.
            let place = if case .file(let path) = target.origin { path } else { "the variables OKTA_CLIENT_…" }
            advice = "Set \(variables). Without \(place), `okta login https://acme.okta.com` is enough."
        } else {
            let name = target.settings.group == .client ? "" : " --org \(target.name)"
            advice = "Run `okta login \(target.url)\(name)`, or set \(variables)."
        }
        self.init(.usage, sentences.joined(separator: "; "), advice: advice)
    }
}
