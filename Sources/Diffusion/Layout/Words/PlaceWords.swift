/// The names of places, by what is behind a product there, in English and Japanese.
extension Scenery {
    static let skies: Words = "sky, cloud, heaven, airplane window, 空, 雲"
    static let evenings: Words = "sunset, dusk, sunrise, dawn, golden hour, 夕焼け, 夕日, 夕暮れ, 朝日, 朝焼け"

    static let gardens: Words = """
        forest, garden, jungle, botanical, rainforest, woodland, park, orchard, vineyard, terrace, balcony, patio, nature, woods, grove,
        greenhouse, conservatory, backyard, back yard, yard, plantation, canopy, porch, veranda, campsite, camping, campground, picnic,
        allotment, flowerbed, flower bed, pergola, gazebo, trellis, barbecue, bbq, garden party, playground, outdoors, zoo, temple,
        shrine, treehouse, beer garden, campfire, fire pit, lawn party, tropics, mangrove, allee, herb bed, nursery garden, tea garden,
        wedding arch,
        森, 庭, 庭園, 公園, 緑の中, テラス, 温室, 果樹園, ベランダ, バルコニー, 木陰, 縁側, キャンプ, ピクニック, 花壇, ガーデン,
        ジャングル, 植物園, 神社, お寺, 寺院, 鳥居, 参道, 里山, 屋外, 野外, 自然の中, 並木道, 竹やぶ, 茶畑, ぶどう園,
        バーベキュー, 焚き火
        """
    static let plants: Words = """
        leaf, leave, foliage, tree, greenery, hedge, bamboo, ivy, bush, bushe, monstera, palm, 葉, 熱帯, 竹, 木々, 新緑, 並木
        """
    static let greenery = gardens + plants
    static let forests: Words = "forest, wood, woodland, rainforest, bamboo forest, bamboo grove, canopy, treehouse, 森, 竹林, 林の中"
    static let streams: Words = "stream, brook, creek, waterfall, 渓流, 清流, 小川, 滝"

    static let seas: Words = """
        sea, ocean, seaside, shore, shoreline, seashore, coast, coastline, surf, wave, pool, harbour, harbor, harbourside, beach, beache,
        lakeside, lakefront, riverside, riverfront, river, riverbank, poolside, seafront, waterfront, beachfront, lagoon, marina, yacht,
        sailboat, sailing boat, boat, ship, cruise ship, ferry, ferrie, catamaran, bay, island, fjord, reef, quay, wharf, pier, jetty,
        dock, canal, pond, loch, tide, santorini, maldives, amalfi coast, hawaii, bali, lighthouse,
        海, 海辺, 波打, プール, 砂浜, 浜辺, ビーチ, 川, 湖畔, 港, 南国の島, 南の島, 離島, 桟橋, 水平線, 池, ヨット, クルーズ, 船の上, 船上, 渚, 入り江,
        リゾート, サンゴ礁, 運河, ハワイ, 沖縄
        """
    static let lakes: Words = "lake, 湖"
    static let waters = seas + lakes

    static let heights: Words = """
        mountain, mountainside, hill, hillside, hilltop, peak, summit, dune, alp, alpine, canyon, desert, valley, cliff, volcano, highland,
        ridge, plateau, himalaya, dolomite, badland, mesa, outback, sahara, foothill, trailhead, hiking trail, monument valley,
        山, 砂丘, 砂漠, アルプス, 高原, 渓谷, 丘, 荒野, 峡谷, 登山
        """
    static let fields: Words = """
        meadow, field, countryside, prairie, pasture, farm, farmland, farmyard, ranch, ranche, grassland, moor, heath, savanna, savannah,
        cornfield, wheatfield, paddy, paddie, golf course, football pitch, soccer pitch, countryfield,
        草原, 野原, 畑, 牧場, 田んぼ, 田園, 花畑, 麦畑, ゴルフ場, サッカー場, グラウンド, 原っぱ
        """

    static let towns: Words = """
        night, city, citie, cityscape, street, skyline, city light, bokeh light, market, market stall, bazaar, souk, alley, alleyway,
        downtown, urban, rooftop, festival, fairground, carnival, amusement park, theme park, firework, concert, backstage, nightclub,
        disco, dancefloor, dance floor, subway station, metro station, train station, bus stop, traffic, highway, boulevard, avenue,
        crosswalk, bridge, underpass, parking lot, car park, petrol station, gas station, stage light, stadium, racetrack, race track,
        times square, manhattan, new york, brooklyn, tokyo, shibuya, shinjuku, ginza, hong kong, london, paris, las vegas, downtown,
        夜, 夜景, 街, 祭り, 縁日, 屋台, 夜市, 花火, 商店街, 路地, 横丁, 市場, 都会, 都市, 東京, 渋谷, 新宿, 銀座, ビル, 屋上, 遊園地,
        ライブ会場, ナイトクラブ, 駅前, 駅のホーム, 交差点, 高架下, サーキット
        """
    /// Lights that hang in rooms as well.
    static let garlands: Words = """
        fairy light, string light, party light, christmas light, christmas tree light, lantern, 提灯, イルミネーション, ランタン
        """

    static let snows: Words = """
        snowstorm, blizzard, snowscape, frozen lake, snowfield, snowfall, falling snow, winter wonderland, ski slope, ski resort, ski lift,
        piste, glacier, arctic, antarctica, iceberg, north pole,
        雪原, 銀世界, ゲレンデ, 吹雪, 雪山, スキー場, 氷河, 雪国, 樹氷, 雪景色
        """

    static let bathrooms: Words = """
        bathroom, ensuite, spa, shower, washroom, restroom, powder room, wet room, steam room, onsen, sauna, bathtub, tub, jacuzzi,
        hot spring, hammam, sink, washbasin, wellness, bathroom counter,
        浴室, 洗面, バスルーム, スパ, 温泉, 露天風呂, お風呂, 風呂場, 銭湯, サウナ, 浴槽, 湯船, シャワー, エステ, トイレ
        """
    static let rooms =
        furnishings + """
            room, interior, cafe, café, coffee shop, coffeehouse, tea house, tearoom, bedroom, office, boardroom, coworking,
            cubicle, studio apartment, studio flat, penthouse, lounge, library, librarie, bookstore, bookshop, restaurant, diner,
            bistro, brasserie, trattoria, pizzeria, patisserie, canteen, hotel, hostel, home, house, cottage, apartment, loft,
            workspace, gym, pub, tavern, cocktail bar, wine bar, hotel bar, bar counter, bar interior, speakeasy, brewery, winery,
            distillery, casino, arcade, bowling alley, barbershop, barber shop, salon, beauty salon, nail salon, garage, workshop,
            woodshop, factory, warehouse, hangar, laboratory, lab, hospital, pharmacy, dentist, atelier, art studio, pottery studio,
            recording studio, shop, store, boutique, showroom, mall, department store, florist, supermarket, grocery, airport,
            train compartment, airplane cabin, plane cabin, car interior, nursery, playroom, classroom, school, dorm, lecture hall,
            clinic, cinema, theatre, theater, opera, ballroom, museum, gallery, church, chapel, chalet, cabin, lodge, yurt, barista,
            bakery, cellar, yoga studio, dance studio, ballet studio, attic, basement, hallway, corridor, foyer, entryway, lobby,
            staircase, study, man cave, kindergarten, daycare, walk in closet, stable,
            ジム, 居酒屋, ショップ, ガレージ, 工房, アトリエ, 教室, 居間, 茶室, 旅館, 図書館, 美容室, サロン, 空港,
            ラウンジ, 畳, 床の間, ヨガスタジオ, リビング, 部屋, 室内, カフェ, 寝室, オフィス, 書斎, 和室, 店内,
            レストラン, ホテル, 喫茶店, ダイニング, 玄関, 廊下, 工場, 倉庫, 病院, 薬局, 博物館, 美術館, 映画館, 劇場,
            教会, 学校, 保育園, 子供部屋, 古民家, ワークスペース, 会議室, 書店, 本屋, パン屋, 花屋, ワイナリー, 酒蔵,
            醸造所, 体育館, 道場, 車内, 機内, インテリア, マンション, アパート, 家の中, おうち
            """
    /// What stands in rooms, and before paper is the product.
    static let furnishings: Words = """
        bookshelf, bookshelve, bookcase, fireplace, hearth, mantelpiece, mantel, window, windowsill, window sill, curtain, headboard,
        wardrobe, espresso machine, coffee machine, sewing table, tent,
        本棚, 暖炉, 窓際, 窓, カーテン, 障子, こたつ
        """
    static let indoors = rooms + bathrooms + LayoutWords.kitchens
    static let doors: Words = "door, doorway, barn, shed, shutter, ドア, 扉, 雨戸"

    /// The names of places, without what also stands beside products or before a light.
    static let places =
        indoors + gardens + waters + heights + fields + towns + streams + snows + "courtyard, 中庭"
}
