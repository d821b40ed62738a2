import OktaRuntime

/// Lists in a member of an object: the link to the next page is in its `_links`, not in a header.
extension PageRule {
    /// Returns a page of ordered rows in the named member of an object with links.
    func wrapped(
        _ call: Call, _ rows: [(key: String, json: JSON)], in member: String, links: JSON
    ) throws(OrgFault) -> OrgResponse {
        let limit = try limit(call)
        let begin = try start(call).map { Cursor.position(after: $0, in: rows, descends: false) } ?? 0
        let page = rows.dropFirst(begin).prefix(limit)
        var links = links
        if begin + page.count < rows.count, let last = page.last?.key {
            let cursor = PercentText.encoded(Cursor.text(last), inQuery: true)
            links["next"] = ["href": JSON("\(call.origin)\(call.target.path)?after=\(cursor)&limit=\(limit)")]
        }
        var json: JSON = [member: JSON(page.map(\.json))]
        if links.count > 0 { json["_links"] = links }
        var response = OrgResponse.json(json)
        response.linkToSelf(of: json)
        return response
    }
}

extension OrgResponse {
    /// Repeats an object's link to itself as a header, as real orgs do for custom roles and resource sets. A header with
    /// links does not mean a list.
    mutating func linkToSelf(of json: JSON) {
        guard let url = json.text("_links.self.href") else { return }
        headers.append(("link", "<\(url)>; rel=\"self\""))
    }
}
