package import OktaRuntime

extension CommandFailure {
    /// The failure of an org's settings, with what a person at a shell can do about those that are missing.
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
            // A profile is of no use as long as the variables or the file name a client.
            let place = if case .file(let path) = target.origin { path } else { "the variables OKTA_CLIENT_…" }
            advice = "Set \(variables). Without \(place), `okta login https://acme.okta.com` is enough."
        } else {
            let name = target.settings.group == .client ? "" : " --org \(target.name)"
            advice = "Run `okta login \(target.url)\(name)`, or set \(variables)."
        }
        self.init(.usage, sentences.joined(separator: "; "), advice: advice)
    }
}
