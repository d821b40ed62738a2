import OktaRuntime

/// Kinds whose behaviour a description says whole.
enum SmallResources {
    /// `self`, and the call that leads to the other state, with hints.
    private static func lifecycleLinks(_ json: JSON) -> JSONTemplate {
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
    }

    private static let selfLink: JSONTemplate = #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}"#

    static let zones = Resource("/api/v1/zones", "NetworkZone", "nzo") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.event = "zone"
        $0.kept = ["type", "system", "usage"]
        $0.serverFields += ["system"]
        $0.defaults = #"{"usage":"POLICY","system":false}"#
        $0.links = lifecycleLinks
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let text = call.query("filter"), !text.isEmpty else { return true }
            return try UserLists.parsed(text).matches(json)
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            try Hooks.requireName(json)
            let type = json.text("type") ?? change.previous?.text("type") ?? ""
            json["type"] = JSON(type)
            switch type {
            case "IP":
                for member in ["gateways", "proxies"] {
                    guard let addresses = json[member]?.elements, !addresses.isEmpty else {
                        json[member] = .some(.null)
                        continue
                    }
                    json[member] = JSON(addresses.map(asRange))
                }
            case "DYNAMIC":
                if json["locations"] == nil { json["locations"] = .some(.null) }
                if let places = json["locations"]?.elements {
                    json["locations"] = JSON(
                        places.map { place in
                            var place = place
                            place.fill(from: ["region": .null])
                            return place
                        })
                }
                if json["proxyType"] == nil { json["proxyType"] = .some(.null) }
            case "DYNAMIC_V2":
                json.fill(from: [
                    "locations": ["include": [], "exclude": []], "asns": ["include": [], "exclude": []],
                    "ipServiceCategories": ["include": [], "exclude": []],
                ])
            default: throw .invalid("type", "type: Invalid network zone type.")
            }
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json["system"]?.bool == true { throw .accessDenied }
        }
    }

    /// A range of one address comes back with both ends.
    private static func asRange(_ address: JSON) -> JSON {
        guard address.text("type") == "RANGE", let value = address.text("value"), !value.contains("-") else {
            return address
        }
        var range = address
        range["value"] = JSON("\(value)-\(value)")
        return range
    }

    static let logStreams = Resource("/api/v1/logStreams", "AppInstance", "0oa") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .emptyBody
        $0.kept = ["type"]
        $0.serverFields += ["id", "created", "lastUpdated"]
        $0.hidden = ["settings.token"]
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>","method":"GET"},"#
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","method":"POST"}}"#)
        }
    }

    static let trustedOrigins = Resource("/api/v1/trustedOrigins", "TrustedOrigin", "tos") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.kept = ["createdBy"]
        $0.serverFields += ["createdBy", "lastUpdatedBy"]
        $0.event = "trusted_origin"
        $0.links = lifecycleLinks
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let origin = json.text("origin"), !origin.isEmpty else {
                throw .invalid("origin", "origin: The field cannot be left blank")
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
        }
    }

    static let behaviors = Resource("/api/v1/behaviors", "BehaviorSettings", "bhv") {
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = PageRule(10)
        $0.order = .text("name")
        $0.date = { $0.spaced }
        $0.kept = ["type"]
        $0.links = lifecycleLinks
        $0.prepare = { json, _, _ throws(OrgFault) in
            try Hooks.requireName(json)
            if let radius = json[path: "settings.radiusKilometers"]?.int {
                json[path: "settings.radiusKilometers"] = JSON(Double(radius))
            }
        }
    }

    static let realms = Resource("/api/v1/realms", "Realm", "guo") {
        $0.page = PageRule(10)
        $0.kept = ["isDefault"]
        $0.serverFields += ["isDefault"]
        $0.hidden = ["profile.realmType"]
        $0.defaults = #"{"profile":{"domains":[]},"isDefault":false}"#
        $0.links = { _ in #"{"self":{"rel":"self","href":"<self>","method":"GET"}}"# }
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let text = call.query("search"), !text.isEmpty else { return true }
            return try UserLists.parsed(text).matches(json)
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard json["profile"]?.kind == .object else { throw .malformedBody }
            guard let name = json.text("profile.name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json["isDefault"]?.bool == true { throw .accessDenied }
        }
    }

    static let realmAssignments = Resource("/api/v1/realm-assignments", "RealmAssignment", "rul") {
        $0.initialStatus = "INACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.lifecycleAnswer = .noContent
        $0.order = .number("priority")
        $0.kept = ["isDefault"]
        $0.defaults = #"{"isDefault":false}"#
        $0.links = { _ in #"{"self":{"rel":"self","href":"<self>","method":"GET"}}"# }
    }

    static let uiSchemas = Resource("/api/v1/meta/uischemas", "UISchemaEntity", "uis") {
        $0.page = nil
        $0.links = { _ in selfLink }
        $0.deletesAbsent = true
    }

    static let smsTemplates = Resource("/api/v1/templates/sms", "AppInstance", "cst") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.page = nil
        $0.kept = ["type"]
        $0.event = "sms_template"
        $0.answerReplace = { answer, _, _ in answer["translations"] = nil as JSON? }
    }

    static let captchas = Resource("/api/v1/captchas", "Captcha", "cap") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.hidden = ["secretKey"]
        $0.kept = ["secretKey"]
        $0.links = { _ in #"{"self":{"href":"<self>","hints":{"allow":["GET","POST","PUT","DELETE"]}}}"# }
        $0.prepare = { json, change, org throws(OrgFault) in
            if change.verb == .create, !org.tables["/api/v1/captchas"].isEmpty {
                let text = "Captcha count limit reached. At most one CAPTCHA instance is allowed per Org"
                throw .forbidden("E0000166", text, text)
            }
        }
    }

    static let emailServers = Resource("/api/v1/email-servers", "EmailServer", "ces") {
        $0.verbs = [.list, .create, .get, .patch, .delete]
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.wrapper = "email-servers"
        $0.hidden = ["password"]
    }

    static let pushProviders = Resource("/api/v1/push-providers", "PushProviderConfigEntity", "ppc") {
        $0.createdField = ""
        $0.updatedField = "lastUpdatedDate"
        $0.page = nil
        $0.hidden = ["configuration.tokenSigningKey", "configuration.serviceAccountJson"]
        $0.kept = ["providerType"]
        $0.links = { _ in selfLink }
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("type").map { $0 == json.text("providerType") } ?? true
        }
        $0.prepare = { json, change, _ throws(OrgFault) in
            let causes = ["providerType", "configuration"].filter { json[$0] == nil }
            if change.verb == .create, let first = causes.first {
                throw .invalid(first, causes: causes.map { "\($0): The field cannot be left blank" })
            }
            if let project = json.text("configuration.serviceAccountJson.project_id") {
                json[path: "configuration.projectId"] = JSON(project)
            }
        }
    }

    static let deviceAssurances = Resource("/api/v1/device-assurances", "DeviceAssuranceRuleManagerImpl", "dae") {
        $0.createdField = "createdDate"
        $0.updatedField = "lastUpdate"
        $0.page = nil
        $0.kept = ["platform", "createdBy", "resourceType", "resourceId"]
        $0.links = { _ in selfLink }
        $0.prepare = { json, change, org throws(OrgFault) in
            let others: Set = [
                "name", "platform", "id", "createdDate", "createdBy", "lastUpdate", "lastUpdatedBy", "status",
                "resourceType", "resourceId", "resourceDisplayName", "displayRemediationMode", "gracePeriod",
            ]
            guard (json.members ?? []).contains(where: { !others.contains($0.key) && $0.value.kind != .null }) else {
                throw .invalid(
                    "deviceAssuranceMediated", "At least one device assurance condition must be specified.")
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
            json["resourceType"] = "DeviceAssurancePolicyEntity"
            json["resourceId"] = JSON(change.id)
            json["resourceDisplayName"] = ["value": json["name"] ?? .null, "sensitive": false]
        }
        $0.answerReplace = { answer, _, _ in answer.remove(["createdBy", "createdDate"]) }
    }

    static let apiServices = Resource("/integrations/api/v1/api-services", "AppInstance", "0oa") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.createdField = "createdAt"
        $0.updatedField = ""
        $0.hidden = ["clientSecret"]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let type = json.text("type") else {
                throw .invalid("type", "type: The field cannot be left blank")
            }
            json["name"] = JSON("\(type) API Service Integration")
            json["createdBy"] = JSON(change.call.caller.id)
            json["configGuideUrl"] = JSON("https://\(type).example.com/docs/okta-integration")
            json["clientSecret"] = JSON(org.ids.key(64))
        }
        $0.answerCreate = { answer, stored in answer["clientSecret"] = stored["clientSecret"] }
        $0.links = { _ in
            """
            {"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}},\
            "client":{"href":"<org>/oauth2/v1/clients/<id>","hints":{"allow":["GET"]}},\
            "logo":{"name":"small","href":"https://ok12static.oktacdn.com/assets/img/logos/default.png"}}
            """
        }
    }

    static let apiTokens = Resource("/api/v1/api-tokens", "Token", "00T") {
        $0.verbs = [.list, .get, .delete]
        $0.page = nil
        $0.order = .text("name")
        // What callers send; only a seed can give a token one.
        $0.hidden = ["token"]
        $0.links = { _ in
            """
            {"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}},\
            "user":{"href":"<org>/api/v1/users/<userId>","hints":{"allow":["GET"]}}}
            """
        }
    }

    static let devices = Resource("/api/v1/devices", "Device", "guo") {
        $0.verbs = [.list, .get, .delete]
        $0.lifecycle = [
            "activate": "ACTIVE", "deactivate": "DEACTIVATED", "suspend": "SUSPENDED", "unsuspend": "ACTIVE",
        ]
        $0.lifecycleAnswer = .noContent
        $0.page = PageRule(20, badCursor: .searchError)
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let text = call.query("search"), !text.isEmpty else { return true }
            return try UserLists.parsed(text).matches(json)
        }
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? ["suspend", "deactivate"] : ["activate"]
            return JSONTemplate(
                #"{"self":{"href":"<self>","hints":{"allow":["GET","PATCH","PUT"]}},"#
                    + lifecycle.map {
                        #""\#($0)":{"href":"<self>/lifecycle/\#($0)","hints":{"allow":["POST"]}},"#
                    }.joined() + #""users":{"href":"<self>/users","hints":{"allow":["GET"]}}}"#)
        }
    }

    static let principalLimits = Resource("/api/v1/principal-rate-limits", "PrincipalRateLimit", "prl") {
        $0.createdField = "createdDate"
        $0.updatedField = "lastUpdate"
        $0.date = { $0.withoutFraction }
        $0.page = nil
        $0.kept = ["createdBy", "orgId", "principalId", "principalType"]
        $0.defaults = #"{"defaultPercentage":50,"defaultConcurrencyPercentage":50}"#
        $0.selects = { json, call, _ throws(OrgFault) in
            guard let text = call.query("filter"), !text.isEmpty else { throw .invalid("principalRateLimitMediated") }
            return try UserLists.parsed(text).matches(json)
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            let principal = json.text("principalId")
            guard principal != nil, json.text("principalType") != nil else {
                throw .invalid("principalRateLimitMediated")
            }
            let taken = org.tables["/api/v1/principal-rate-limits"].first {
                $0.text("principalId") == principal && $0.text("id") != change.id
            }
            if taken != nil { throw .invalid("principalRateLimitMediated") }
            json["orgId"] = JSON(org.identity.orgID)
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
        }
    }

    static let all: [Operation] = [
        zones, logStreams, trustedOrigins, behaviors, realms, realmAssignments, uiSchemas, smsTemplates, captchas,
        principalLimits, emailServers, pushProviders, deviceAssurances, apiServices, apiTokens, devices,
    ].flatMap { $0.operations() }
}
