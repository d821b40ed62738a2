import OktaRuntime

/// UI schemas: the layout of fields in enrollment forms.
enum UISchemas {
    static let resource = Resource("/api/v1/meta/uischemas", "UISchemaEntity", "uis") {
        $0.page = nil
        $0.links = { _ in Links.own }
        $0.deletesAbsent = true
        $0.prepare = { json, _, _ throws(OrgFault) in
            guard json["uiSchema"]?.kind == .object else { throw .invalid("uiSchema", Checks.blank("uiSchema")) }
        }
    }
}
