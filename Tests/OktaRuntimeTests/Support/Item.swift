import OktaRuntime

/// A model of one field.
struct Item: OktaModel, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }

    var id: String? { json[string: "id"] }
}

/// A group without actions, for testing the functions of all groups.
struct ItemActions: ActionGroup {
    let _client: OktaClient
    init(client: OktaClient) { _client = client }
}
