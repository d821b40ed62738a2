import OktaRuntime

/// Writes users in Okta's form. The bytes are written directly, since most requests return users.
struct UserPresenter {
    let origin: String
    /// Whether to show only the `self` link, as in lists.
    var isListItem = false

    func json(_ user: UserRecord, _ org: OrgState) -> JSON {
        (try? JSON(parsing: bytes(user, org))) ?? .emptyObject
    }

    func bytes(_ user: UserRecord, _ org: OrgState) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(isListItem ? 900 : 2600)
        write(user, org, into: &output)
        return output
    }

    func write(_ user: UserRecord, _ org: OrgState, into output: inout [UInt8]) {
        output += "{\"id\":\"".utf8
        output += user.id.utf8
        let (status, target) = user.shownStatus(at: org.now)
        output += "\",\"status\":\"".utf8
        output += status.rawValue.utf8
        if let target {
            output += "\",\"transitioningToStatus\":\"".utf8
            output += target.rawValue.utf8
        }
        output += "\",\"created\":\"".utf8
        user.created.write(into: &output)
        output += "\"".utf8
        write("activated", user.activated, into: &output)
        write("statusChanged", user.statusChanged, into: &output)
        write("lastLogin", user.lastLogin, into: &output)
        write("lastUpdated", user.lastUpdated, into: &output)
        write("passwordChanged", user.passwordChanged, into: &output)
        if let realmID = user.realmID {
            output += ",\"realmId\":\"".utf8
            output += realmID.utf8
            output += "\"".utf8
        }
        output += ",\"type\":{\"id\":\"".utf8
        output += user.typeID.utf8
        output += "\"},\"profile\":".utf8
        user.profile.write(into: &output)
        output += ",\"credentials\":".utf8
        writeCredentials(user, emails: org.features.credentialEmails, into: &output)
        output += ",\"_links\":{".utf8
        writeLinks(user, org, into: &output)
        output += "}}".utf8
    }

    private func write(_ name: String, _ time: OrgTime?, into output: inout [UInt8]) {
        output += ",\"".utf8
        output += name.utf8
        guard let time else {
            output += "\":null".utf8
            return
        }
        output += "\":\"".utf8
        time.write(into: &output)
        output += "\"".utf8
    }

    private func writeCredentials(_ user: UserRecord, emails: Bool = false, into output: inout [UInt8]) {
        let credentials = user.credentials
        output += "{".utf8
        if credentials.password != nil { output += "\"password\":{},".utf8 }
        if let question = credentials.question {
            output += "\"recovery_question\":{\"question\":".utf8
            JSON(question).write(into: &output)
            output += "},".utf8
        }
        if emails, let email = user.profile.text("email") {
            output += "\"emails\":[{\"value\":".utf8
            JSON(email).write(into: &output)
            output += ",\"status\":\"VERIFIED\",\"type\":\"PRIMARY\"}],".utf8
        }
        output += "\"provider\":{\"type\":\"".utf8
        output += credentials.providerType.utf8
        output += "\",\"name\":".utf8
        QuotedText.write(credentials.providerName, into: &output)
        output += "}}".utf8
    }

    /// Returns only the credentials, which is the response to a change of them.
    func credentials(_ user: UserRecord) -> JSON {
        var output: [UInt8] = []
        writeCredentials(user, into: &output)
        return (try? JSON(parsing: output)) ?? .emptyObject
    }

    private func writeLinks(_ user: UserRecord, _ org: OrgState, into output: inout [UInt8]) {
        let base = origin + "/api/v1/users/" + user.id
        output += "\"self\":{\"href\":\"".utf8
        output += base.utf8
        output += "\"}".utf8
        if isListItem { return }
        for link in Self.links(of: user.shownStatus(at: org.now).status) {
            if link.name == "resetFactors", !org.features.factorReset { continue }
            if link.name == "forgotPassword", !org.features.forgotPassword { continue }
            output += ",\"".utf8
            output += link.name.utf8
            output += "\":{\"href\":\"".utf8
            output += base.utf8
            output += link.path.utf8
            output += "\",\"method\":\"POST\"}".utf8
        }
        output += ",\"schema\":{\"href\":\"".utf8
        output += (origin + "/api/v1/meta/schemas/user/" + org.schemaID(ofType: user.typeID)).utf8
        output += "\"},\"type\":{\"href\":\"".utf8
        output += (origin + "/api/v1/meta/types/user/" + user.typeID).utf8
        output += "\"}".utf8
    }

    private typealias Link = (name: String, path: String)

    private static let suspend: Link = ("suspend", "/lifecycle/suspend")
    private static let resetPassword: Link = ("resetPassword", "/lifecycle/reset_password")
    private static let forgotPassword: Link = ("forgotPassword", "/credentials/forgot_password")
    private static let expirePassword: Link = ("expirePassword", "/lifecycle/expire_password")
    private static let changeQuestion: Link = ("changeRecoveryQuestion", "/credentials/change_recovery_question")
    private static let changePassword: Link = ("changePassword", "/credentials/change_password")
    private static let resetFactors: Link = ("resetFactors", "/lifecycle/reset_factors")
    private static let deactivate: Link = ("deactivate", "/lifecycle/deactivate")
    private static let activate: Link = ("activate", "/lifecycle/activate")
    private static let withPassword = [
        suspend, resetPassword, forgotPassword, expirePassword, changeQuestion, resetFactors, changePassword,
        deactivate,
    ]

    /// Returns the lifecycle links of users in a state.
    private static func links(of status: UserStatus) -> [Link] {
        switch status {
        case .staged: staged
        case .provisioned: provisioned
        case .active, .recovery, .passwordExpired: withPassword
        case .lockedOut: lockedOut
        case .suspended: suspended
        case .deprovisioned: deprovisioned
        }
    }

    private static let staged = [activate, resetFactors]
    private static let provisioned = [
        suspend, resetPassword, ("reactivate", "/lifecycle/reactivate"), resetFactors, deactivate,
    ]
    private static let lockedOut = [("unlock", "/lifecycle/unlock"), resetPassword, resetFactors, deactivate]
    private static let suspended = [("unsuspend", "/lifecycle/unsuspend"), resetFactors, deactivate]
    private static let deprovisioned = [activate, ("delete", ""), resetFactors]
}
