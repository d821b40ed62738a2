import OktaRuntime

/// Apps of every sign-on mode.
enum Apps {
    private static let kind = Kinds.apps

    static let resource = Resource(kind, "AppInstance", "0oa") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleResponse = .emptyObject
        $0.page = PageRule(20, badCursor: .pagingError)
        $0.queryField = "label"
        $0.event = "application.lifecycle"
        $0.deleteRefusal = .forbidden(
            "E0000056", "Delete application forbidden.",
            "The application must be deactivated before deletion.")
        $0.hidden = ["credentials.oauthClient.client_secret", "_policies", "_logo"]
        $0.serverFields += ["orn", "features", "_policies", "_logo"]
        $0.kept = ["orn", "features", "_policies", "_logo", "universalLogout"]
        $0.links = { _ in AppLinks.base }
        $0.checkList = { call, _ throws(OrgFault) in try Assignments.checkEmbedding(call) }
        $0.filterField = "filter"
        $0.fits = { filter, json, org in selected(json, filter, org) }
        $0.prepare = { json, change, org throws(OrgFault) in try AppDefaults.complete(&json, change, &org) }
        $0.present = { json, call, org in
            AppLinks.finish(&json, call, org)
            AppRelease.apply(to: &json, org)
            Assignments.embedUser(in: &json, call, org)
        }
        $0.presentCreated = { shown, stored in showSecret(&shown, stored) }
        $0.presentReplaced = { shown, stored, _ in showSecret(&shown, stored) }
        $0.didStore = { json, change, org throws(OrgFault) in
            guard change.verb == .create, let id = json.text("id") else { return }
            AppKeys.createFirst(json, id, &org)
            AppSchemas.create(forApp: json, id, &org)
            Mappings.create(forApp: json, id, &org)
        }
        $0.didDelete = { json, _, org in
            Mappings.remove(ofApp: json.text("id") ?? "", &org)
            CrossAppConnections.remove(ofApp: json.text("id") ?? "", &org)
            InterclientTrusts.remove(ofApp: json.text("id") ?? "", &org)
            guard let client = json.text("credentials.oauthClient.client_id") else { return }
            OAuthStore.revokeAll(ofClient: client, &org)
            OAuthStore.removeConsents(toClient: client, &org)
        }
    }

    /// Adds the client secret, which only responses to writes show.
    private static func showSecret(_ shown: inout JSON, _ stored: JSON) {
        if let secret = stored[path: "credentials.oauthClient.client_secret"] {
            shown[path: "credentials.oauthClient.client_secret"] = secret
        }
    }

    /// Evaluates a filter over members of the app and its assigned users and groups.
    private static func selected(_ json: JSON, _ filter: FilterExpression, _ org: OrgState) -> Bool {
        switch filter {
        case .compare(let path, .equal, .text(let id)) where path.text == "user.id":
            return org.tables[Kinds.appUsers, of: json.text("id") ?? ""][id] != nil
        case .compare(let path, .equal, .text(let id)) where path.text == "group.id":
            return org.tables[Kinds.appGroups, of: json.text("id") ?? ""][id] != nil
        case .and(let left, let right): return selected(json, left, org) && selected(json, right, org)
        case .or(let left, let right): return selected(json, left, org) || selected(json, right, org)
        case .not(let inner): return !selected(json, inner, org)
        default: return filter.matches(json)
        }
    }

    /// Returns the app in the path.
    static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let app = org.tables[kind][call[0]] else { throw .notFound(call[0], "AppInstance") }
        return app
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", kind + "/{appId}/sso/saml/metadata") { call, org throws(OrgFault) in
                let app = try find(call, org)
                if let accept = call.request.header("accept"), accept.contains("json"), !accept.contains("xml"),
                    !accept.contains("*/*")
                {
                    throw OrgFault(
                        status: 400, code: "E0000019",
                        summary:
                            "Bad request. Accept and/or Content-Type headers likely do not match supported values.")
                }
                return .text(
                    try AppKeys.metadata(app, call, org), type: "application/xml;charset=ISO-8859-1")
            },
            Operation("POST", kind + "/{appId}/logo") { call, org throws(OrgFault) in
                _ = try find(call, org)
                guard !call.request.body.isEmpty else { throw .invalid("file", "file: The field cannot be left blank") }
                let location = "\(call.origin)/fs/bco/4/\(org.ids.next("fs0"))"
                org.tables[kind][call[0]]?["_logo"] = JSON(location)
                var response = OrgResponse.empty(201)
                response.headers = [("location", location)]
                return response
            },
        ] + AppPolicies.all + AppProvisioning.all
}
