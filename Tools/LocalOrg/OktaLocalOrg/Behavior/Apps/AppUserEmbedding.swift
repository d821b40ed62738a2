import OktaRuntime

/// `expand=user/{id}`: embeds a user's assignment in each app of a list.
extension Assignments {
    private static func embedded(_ call: Call) -> String? {
        guard let expand = call.query("expand"), expand.hasPrefix("user/") else { return nil }
        return String(expand.dropFirst(5))
    }

    /// Throws unless `expand` names one user and a filter selects the apps of the same user.
    static func checkEmbedding(_ call: Call) throws(OrgFault) {
        guard let expand = call.query("expand"), !expand.isEmpty else { return }
        guard let user = embedded(call), !user.contains(","), !user.isEmpty else {
            throw .invalid("RequestParams", "Expand query is malformed.")
        }
        guard call.query("filter")?.contains("user.id eq \"\(user)\"") == true else {
            throw .invalid("expand", "expand: The user must be the one of the filter user.id eq \"\(user)\".")
        }
    }

    static func embedUser(in json: inout JSON, _ call: Call, _ org: OrgState) {
        guard let id = embedded(call), let app = json.text("id"), let user = org.tables[Kinds.appUsers, of: app][id]
        else {
            return
        }
        json["_embedded"] = ["user": shownUser(user, app, call, org)]
    }
}
