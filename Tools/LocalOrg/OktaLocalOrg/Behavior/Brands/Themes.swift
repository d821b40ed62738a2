import OktaRuntime

/// The theme of a brand: its colors, its images, and the variant of Okta's design for each page. It is created with
/// the brand.
enum Themes {
    static let kind = "/api/v1/brands/{}/themes"
    private static let path = Brands.kind + "/{brandId}/themes"

    static let resource = Resource(path, "Theme", "the") {
        $0.verbs = [.list, .get, .replace]
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.kept = ["logo", "favicon", "backgroundImage", "primaryColorContrastHex", "secondaryColorContrastHex"]
        $0.defaults = #"{"loadingPageTouchPointVariant":"OKTA_DEFAULT"}"#
        $0.present = { json, _, org in
            if !org.features.loadingPages { json["loadingPageTouchPointVariant"] = nil as JSON? }
        }
        $0.links = { _ in
            """
            {"favicon":{"href":"<self>/favicon","hints":{"allow":["POST","DELETE"]}},\
            "self":{"href":"<self>","hints":{"allow":["GET","PUT"]}},\
            "logo":{"href":"<self>/logo","hints":{"allow":["POST","DELETE"]}},\
            "background-image":{"href":"<self>/background-image","hints":{"allow":["POST","DELETE"]}}}
            """
        }
        $0.prepare = { json, change, _ throws(OrgFault) in
            // Images are uploaded and cannot be set in a body.
            for member in ["logo", "favicon", "backgroundImage"] { json[member] = change.previous?[member] }
            for member in ["primaryColorHex", "secondaryColorHex"] {
                let color = try Checks.text(member, of: json)
                guard color.hasPrefix("#"), color.dropFirst().count == 6, color.dropFirst().allSatisfy(\.isHexDigit)
                else {
                    throw .invalid(member, "\(member): The value must be a color such as #1662dd.")
                }
            }
            for (member, values) in variants {
                if json[member] != nil { try Checks.choice(member, of: json, values) }
            }
        }
    }

    private static let variants: [(String, [String])] = [
        (
            "signInPageTouchPointVariant",
            ["OKTA_DEFAULT", "BACKGROUND_SECONDARY_COLOR", "BACKGROUND_IMAGE"]
        ),
        (
            "endUserDashboardTouchPointVariant",
            ["OKTA_DEFAULT", "WHITE_LOGO_BACKGROUND", "FULL_THEME", "LOGO_ON_FULL_WHITE_BACKGROUND"]
        ),
        ("errorPageTouchPointVariant", ["OKTA_DEFAULT", "BACKGROUND_SECONDARY_COLOR", "BACKGROUND_IMAGE"]),
        ("emailTemplateTouchPointVariant", ["OKTA_DEFAULT", "FULL_THEME"]),
        ("loadingPageTouchPointVariant", ["OKTA_DEFAULT", "NONE"]),
    ]

    /// Okta's default images.
    private static let stock: [(part: String, member: String, url: JSON)] = [
        ("logo", "logo", "https://ok12static.oktacdn.com/assets/img/logos/okta-logo.png"),
        ("favicon", "favicon", "https://ok12static.oktacdn.com/favicon.ico"),
        ("background-image", "backgroundImage", .null),
    ]

    static func create(ofBrand brand: String, _ org: inout OrgState) {
        let id = org.ids.next("the")
        var theme: JSON = [
            "id": JSON(id), "primaryColorHex": "#1662dd", "primaryColorContrastHex": "#000000",
            "secondaryColorHex": "#ebebed", "secondaryColorContrastHex": "#000000",
            "signInPageTouchPointVariant": "OKTA_DEFAULT", "endUserDashboardTouchPointVariant": "OKTA_DEFAULT",
            "errorPageTouchPointVariant": "OKTA_DEFAULT", "emailTemplateTouchPointVariant": "OKTA_DEFAULT",
            "loadingPageTouchPointVariant": "OKTA_DEFAULT",
        ]
        for (_, member, url) in stock { theme[member] = url }
        org.tables[kind, of: brand][id] = theme
    }

    /// The maximum sizes of images, in bytes.
    private static let limits = ["logo": 100_000, "favicon": 2_000_000, "background-image": 2_000_000]

    /// Stores an image and returns its URL.
    private static func upload(_ part: String, _ member: String) -> Operation {
        Operation("POST", "\(path)/{themeId}/\(part)") { call, org throws(OrgFault) in
            let (id, brand, _) = try resource.find(call, org)
            guard !call.request.body.isEmpty else { throw .invalid("file", Checks.blank("file")) }
            guard call.request.body.count < limits[part] ?? 0 else {
                throw .invalid("file", "file: The file is too large.")
            }
            let url = "https://ok12static.oktacdn.com/fs/bco/\(part == "logo" ? 1 : 7)/\(org.ids.next("fs0"))"
            org.tables[kind, of: brand][id]?[member] = JSON(url)
            return .json(["url": JSON(url)], status: 201)
        }
    }

    static let all: [Operation] =
        resource.operations()
        + stock.flatMap { part, member, url in
            [
                upload(part, member),
                Operation("DELETE", "\(path)/{themeId}/\(part)") { call, org throws(OrgFault) in
                    let (id, brand, _) = try resource.find(call, org)
                    org.tables[kind, of: brand][id]?[member] = url
                    return .empty()
                },
            ]
        }
}
