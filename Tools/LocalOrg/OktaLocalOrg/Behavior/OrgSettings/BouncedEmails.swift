import OktaRuntime

/// Removal from the bounced email list. A local org sends no email, so accepting an address changes nothing.
enum BouncedEmails {
    /// Returns why an address is rejected; nil if it is accepted.
    private static func reason(_ address: String, _ org: OrgState) -> String? {
        guard AttributeCheck.isEmail(address) else {
            return "Invalid email address. The provided email address failed validation against RFC 3696."
        }
        guard !org.users.withEmail(address).isEmpty else {
            return "This email address does not belong to any user in your organization."
        }
        return nil
    }

    static let all: [Operation] = [
        Operation("POST", "/api/v1/org/email/bounces/remove-list") { call, org throws(OrgFault) in
            let addresses = try call.object()["emailAddresses"]?.elements?.compactMap(\.string) ?? []
            guard !addresses.isEmpty else { throw .invalid("emailAddresses", Checks.blank("emailAddresses")) }
            let state = org
            let errors = addresses.compactMap { address -> JSON? in
                reason(address, state).map { ["emailAddress": JSON(address), "reason": JSON($0)] }
            }
            return .json(["errors": JSON(errors)])
        }
    ]
}
