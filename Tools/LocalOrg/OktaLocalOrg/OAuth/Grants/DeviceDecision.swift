import OktaRuntime

/// A user's decision about a device code, instead of the page on which the user types it. It also decides about a
/// backchannel authentication, by its `auth_req_id`.
enum DeviceDecision {
    /// Approves a device for a login, or denies it if there is none.
    ///
    /// - Returns: The problem; nil if the decision was recorded.
    static func decide(userCode: String, login: String?, _ org: inout OrgState) -> String? {
        let code = userCode.uppercased().filter { $0 != "-" }
        let row = org.tables[OAuthStore.devices].all.last { id, json in
            json["factor"] == nil && (json["asked"] == nil ? json.text("userCode") == code : id == userCode)
        }
        guard let row, row.json["ends"]?.int ?? 0 > org.now.seconds else {
            return "no device waits with the user code '\(userCode)'"
        }
        guard let login else {
            org.tables[OAuthStore.devices][row.id]?["isDenied"] = true
            return nil
        }
        guard let user = org.users.named(login), user.status == .active else {
            return "there is no active user '\(login)'"
        }
        if let asked = row.json.text("asked"), asked != user.id {
            return "another user than '\(login)' is asked"
        }
        #if LocalOrg
        guard let client = OAuthClient(id: row.json.text("client") ?? "", org), client.isAssigned(user, org) else {
            return "the user '\(login)' is not assigned to the app"
        }
        #endif
        org.tables[OAuthStore.devices][row.id]?["user"] = JSON(user.id)
        org.tables[OAuthStore.devices][row.id]?["authTime"] = JSON(org.now.seconds)
        return nil
    }
}
