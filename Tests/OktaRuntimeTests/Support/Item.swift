import OktaRuntime

/// A model of one field.
struct Item: OktaModel, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }

    var id: String? { json[string: "id"] }
}

/// A group of no actions, for what all groups can do.
struct ItemActions: ActionGroup {
    let _client: OktaClient
    init(client: OktaClient) { _client = client }
}
