#if LocalOrg
import OktaRuntime

/// The secret of a device on which a user signed in. Another app on the device can use it to get tokens for the same
/// user.
struct DeviceSecret {
    let userID: String
    let authTime: Int?

    /// Finds a secret; nil if the server did not issue it, or if it has expired.
    init?(_ text: String, of issuer: Issuer, _ org: OrgState) {
        guard let row = org.tables[OAuthStore.deviceSecrets][text], row["ends"]?.int ?? 0 > org.now.seconds,
            row.text("server") == issuer.serverID, let userID = row.text("user")
        else { return nil }
        self.userID = userID
        authTime = row["authTime"]?.int
    }

    /// Stores a new secret and returns its text.
    static func create(for user: UserRecord, authTime: Int?, _ issuer: Issuer, _ org: inout OrgState) -> String {
        let text = org.ids.key(43)
        org.tables[OAuthStore.deviceSecrets][text] = [
            "user": JSON(user.id), "server": issuer.serverID.map { JSON($0) } ?? .null,
            "authTime": JSON(authTime ?? org.now.seconds), "ends": JSON(org.now.seconds + OAuthStore.deviceLifetime),
        ]
        OAuthStore.prune(OAuthStore.deviceSecrets, &org) { $0["ends"]?.int }
        return text
    }
}
#endif
