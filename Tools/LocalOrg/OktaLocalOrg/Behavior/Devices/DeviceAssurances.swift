import OktaRuntime

/// Device assurance policies: conditions that a device has to meet for access rules to treat it as assured.
enum DeviceAssurances {
    private static let kind = Kinds.deviceAssurances
    private static let platforms = ["ANDROID", "CHROMEOS", "IOS", "MACOS", "WINDOWS"]

    /// Members that are not conditions.
    private static let others: Set = [
        "name", "platform", "id", "createdDate", "createdBy", "lastUpdate", "lastUpdatedBy", "status", "resourceType",
        "resourceId", "resourceDisplayName", "displayRemediationMode", "gracePeriod", "_links",
    ]

    static let resource = Resource(kind, "DeviceAssuranceRuleManagerImpl", "dae") {
        $0.createdField = "createdDate"
        $0.updatedField = "lastUpdate"
        $0.page = nil
        $0.kept = ["platform", "createdBy", "resourceType", "resourceId"]
        $0.links = { _ in Links.own }
        $0.event = "device.assurance.policy"
        $0.eventNames = [
            "create": "device.assurance.policy.create", "update": "device.assurance.policy.update",
            "delete": "device.assurance.policy.delete",
        ]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard (json.members ?? []).contains(where: { !others.contains($0.key) && $0.value.kind != .null }) else {
                throw .invalid(
                    "deviceAssuranceMediated", "At least one device assurance condition must be specified.")
            }
            try Checks.name(json)
            try Checks.choice("platform", of: json, platforms)
            if let platform = change.previous?.text("platform"), platform != json.text("platform") {
                throw .invalid("platform", "platform: The platform cannot be changed.")
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            if org.features.deviceRemediation { json.fill(from: ["displayRemediationMode": "HIDE"]) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
            json["resourceType"] = "DeviceAssurancePolicyEntity"
            json["resourceId"] = JSON(change.id)
            json["resourceDisplayName"] = ["value": json["name"] ?? .null, "sensitive": false]
        }
        $0.presentReplaced = { shown, _, _ in shown.remove(["createdBy", "createdDate"]) }
        $0.willDelete = { json, _, org throws(OrgFault) in
            guard let id = json.text("id"), isUsed(id, org) else { return }
            throw OrgFault(
                status: 409, code: "E0000195", summary: "Api validation failed due to conflict: deviceAssurance",
                causes: ["The device assurance policy is used by an authentication policy."])
        }
    }

    private static func isUsed(_ id: String, _ org: OrgState) -> Bool {
        org.tables[Kinds.policies].all.contains { policy, json in
            json.text("type") == "ACCESS_POLICY"
                && PolicyRules.all(ofPolicy: policy, org).contains { rule in
                    (rule[path: "conditions.device.assurance.include"]?.elements ?? []).contains { $0.string == id }
                }
        }
    }

    static let all: [Operation] =
        [
            // The error names another type here than in a read.
            Operation("DELETE", kind + "/{deviceAssuranceId}") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "DeviceAssuranceEntity") }
                return try resource.delete(call, &org)
            }
        ] + resource.operations()
}
