import OktaRuntime

/// Sources of device signals. Every org has the same list, and activates and deactivates its entries.
enum DeviceIntegrations {
    static let kind = "/api/v1/device-integrations"

    private static let builtIn = [
        ("com.android.zero.trust", "Android Device Trust", "ANDROID"),
        ("com.google.dtc", "Chrome Device Trust", "CHROMEOS"),
        ("com.okta.device.osquery", "OSQuery", "MACOS"), ("com.okta.deviceidp", "Device Posture Provider", "IOS"),
        ("com.okta.windowssecuritycenter", "Windows Security Center", "WINDOWS"),
    ]

    static let resource = Resource(kind, "DeviceIntegration", "din") {
        $0.verbs = [.list, .get]
        $0.lifecycle = ["activate": "ACTIVE", "deactivate": "DEACTIVATED"]
        $0.updatedField = ""
        $0.page = nil
        $0.links = { json in
            let verb = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>","hints":{"allow":["GET"]}},"#
                    + #""\#(verb)":{"href":"<self>/lifecycle/\#(verb)","hints":{"allow":["POST"]}}}"#)
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            // Activation creates the metadata that the platform's service needs.
            guard json.text("name") == "com.google.dtc", json.text("status") == "ACTIVE", json["metadata"] == nil else {
                return
            }
            let account = "okta-gci-\(org.identity.orgID)"
            org.tables[kind][change.id]?["metadata"] = [
                "type": "CHROME", "serviceAccountName": JSON(account),
                "serviceAccountEmail": JSON("\(account)@example.iam.gserviceaccount.com"),
            ]
        }
    }

    static func createBuiltIn(_ org: inout OrgState) {
        for (name, label, platform) in builtIn {
            let id = org.ids.next("din")
            org.tables[kind][id] = [
                "id": JSON(id), "name": JSON(name), "displayName": JSON(label), "status": "DEACTIVATED",
                "platform": JSON(platform),
            ]
        }
    }
}
