import OktaRuntime

enum UserTypes {
    private static let kind = Kinds.userTypes

    static let resource = Resource(kind, "CVDType", "oty") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.page = nil
        $0.serverFields += ["createdBy", "lastUpdatedBy", "default"]
        $0.kept = ["createdBy", "default", "name"]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            if org.tables[kind].first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil {
                throw .invalid("name", "name: An object with this field already exists in the current organization")
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
            if json["default"] == nil { json["default"] = false }
        }
        $0.links = { _ in
            """
            {"schema":{"rel":"schema","href":"<org>/api/v1/meta/schemas/user/<schema>","method":"GET"},\
            "self":{"rel":"self","href":"<self>","method":"GET"}}
            """
        }
        $0.present = { json, call, org in
            let id = json.text("id") ?? ""
            json[path: "_links.schema.href"] = JSON(
                "\(call.origin)/api/v1/meta/schemas/user/\(org.schemaID(ofType: id))")
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            if change.verb == .create { UserSchemas.create(forType: change.id, &org) }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            let id = json.text("id") ?? ""
            var isUsed = false
            org.users.forEach { user in
                isUsed = user.typeID == id
                return !isUsed
            }
            if isUsed || json["default"]?.bool == true {
                throw .forbidden("E0000142", "This User Type cannot be deleted.")
            }
        }
        $0.didDelete = { json, _, org in
            org.tables[Kinds.userSchemas][org.schemaID(ofType: json.text("id") ?? "")] = nil
        }
    }

    static let all: [Operation] = resource.operations()
}
