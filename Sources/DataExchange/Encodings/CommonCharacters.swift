/// How likely a character is in names and addresses in China: what tells an encoding from another.
///
/// Bytes read in the wrong encoding become letters too, but rare ones. A text's weight is the sum of the natural
/// logarithms of the probabilities of its characters; they are rough, and need not be more: right and wrong lie some
/// ten units a character apart.
struct CommonCharacters: Sendable {
  /// For each code point below 65536 the class of a Han character.
  private let classes: [UInt8]

  private enum Class: UInt8 {
    case other, secondary, primary, common
  }

  static let table = CommonCharacters()

  private init() {
    var classes = [UInt8](repeating: Class.other.rawValue, count: 65536)
    func mark(_ text: String, _ kind: Class) {
      for scalar in text.unicodeScalars where (0x4E00...0x9FFF).contains(scalar.value) {
        classes[Int(scalar.value)] = kind.rawValue
      }
    }
    // Both national sets order their characters in two levels, the frequent ones first: GB 2312-80, rows 16–55 and
    // 56–87; Big5, lead bytes A4–C6 and C9–F9.
    mark(Self.block(.big5, leads: 0xC9...0xF9, trails: [0x40...0x7E, 0xA1...0xFE]), .secondary)
    mark(Self.block(.gb18030, leads: 0xD8...0xF7, trails: [0xA1...0xFE]), .secondary)
    mark(Self.block(.big5, leads: 0xA4...0xC6, trails: [0x40...0x7E, 0xA1...0xFE]), .primary)
    mark(Self.block(.gb18030, leads: 0xB0...0xD7, trails: [0xA1...0xFE]), .primary)
    mark(Self.simplified, .common)
    mark(Self.traditional, .common)
    self.classes = classes
  }

  private static func block(
    _ encoding: TextEncoding, leads: ClosedRange<UInt8>, trails: [ClosedRange<UInt8>]
  ) -> String {
    guard let decoder = try? TextDecoder(encoding) else { return "" }
    var text: [UInt8] = []
    // A line each, so that a pair without a character does not join the next.
    var pairs: [UInt8] = []
    for lead in leads {
      for trail in trails.joined() { pairs += [lead, trail, 0x0A] }
    }
    _ = decoder.decode(pairs, into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The weight of a text in UTF-8; never above 0. O(bytes).
  func weight(ofUTF8 text: some Collection<UInt8>) -> Double {
    var sum = 0.0
    var before: Unicode.Scalar = " "
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      sum += weight(of: scalar, after: before)
      before = scalar
    }
    return sum
  }

  private func weight(of scalar: Unicode.Scalar, after before: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20..<0x7F, 0x09, 0x0A, 0x0D: return -4
    case 0..<0xA0: return -18
    case 0xC0...0x24F where scalar.value != 0xD7 && scalar.value != 0xF7: return accented(scalar, after: before)
    case 0xB0, 0xB2, 0xB3, 0xB7, 0xD7, 0xAB, 0xBB, 0xA7, 0xB1, 0xA9, 0xAE: return -10
    case 0xA0...0xFF: return -12
    case 0x2010...0x2027, 0x2030, 0x2103, 0x2160...0x216B, 0x2460...0x2473, 0x3000...0x3011, 0xFF01...0xFF5E:
      return -8.5
    case 0x4E00...0x9FFF:
      switch Class(rawValue: classes[Int(scalar.value)]) ?? .other {
      case .common: return -7.5
      case .primary: return -9.5
      case .secondary: return -12.5
      case .other: return -14.5
      }
    case 0x3041...0x30FF: return -13
    case 0x0370...0x04FF: return -12
    case 0xFFFD: return -22
    case 0xE000...0xF8FF: return -20
    default: return -15
    }
  }

  /// Accented letters stand among plain ones, seldom side by side.
  private func accented(_ scalar: Unicode.Scalar, after before: Unicode.Scalar) -> Double {
    if before.value >= 0x80 { return -11 }
    let isAfterSmallLetter = (0x61...0x7A).contains(before.value)
    return isAfterSmallLetter && scalar.value < 0xDF ? -11 : -7
  }

  private static let simplified = """
    的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天\
    而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身\
    些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第\
    门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目\
    华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台\
    象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资\
    队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语\
    英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导\
    影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴县镇乡村街桥河湖岛港湾州省府庄屯营寨店铺集堡坊\
    园苑巷弄胡幼医诊药卫铁停菜超银邮局消防居厂库厅馆楼厦座栋号室层左右槐荫章丘阴阳莱芜钢孙耿崔遥墙桑鹊官唐临泉泰\
    鲁齐辛刘赵陈杨吴徐朱郭梁郑罗宋谢韩冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆\
    郝孔康邱秦顾侯邵孟龙段雷汤尹黎易乔贺赖龚福祥顺吉庆永盛隆昌宁嘉瑞丰裕源宏创农态环境护绿垃圾污供热线灯景游览旅\
    育健养敬残疾培训职规划筑测绘勘察土屋宅户积宽编码称类型级备注状坐标纬序址负责姓龄男否烟威潍淄博枣沂照聊滨菏泽\
    津沪渝冀晋辽黑浙皖闽赣豫鄂湘粤桂琼川贵云藏陕甘蒙澳汉杭哈尔春肥沙昆拉萨兰呼浩乌木亚珠星辰秋冬草树松柏柳桃梅荷\
    莲杏竹菊蓝紫翠玉珍宝铜沟坡岭峪崖洼埠尾沿堤坝渠塘井溪涧滩淀坑坎墩塔寺庙陵墓碑亭轩阁堂殿宫說發聞見話語請讓認論\
    議識設計證記許該課調談謝變臺縣處號衛術裡製複規視覽觀覺親訊訓診試詩誌誠諮譜護讀監盧盤眾睜確碼礦礎禮禪種稱穩積\
    窮競筆節範築簡簽籃紀約紅納紙級紡終組結絡給統絲經綠綜維網緊緒線緣編緩縱總繁織繪繼續纖羅義習聖聯聲職聽肅腦腳膠\
    臉臘臨舊艦艱藝藥蘇蘭虛蟲裝補角託訪評詞詳誤誰講譯餐骨
    """

  private static let traditional = """
    梓泺岱鑫圳圩庵祠榭國會來們這個時對過學後點麼開關長東車馬門問間現還進運達遠連選邊遊適陽陰陳陸隊際險隨難雲電靈\
    響頁頂項順須預領頭題顏願類風飛養館體魚鳥麗黃齊龍灣鎮鄉區橋園場廠廳樓廈壩塊墳報塗壓豐貓負財責貨販貴買費資賓賴\
    質購賽趙跡蹤輕輛輪輸轉農遼郵鄭鄰醫釋針鋪銀銅鋼錢錄鐵鐘閣閱陣陝離雙雜雞霧靜韓馮駐驗髮魯鴻鶴麥黨龐龜圖團圓壽夢\
    夾奧婦媽嬰孫實寧寫寬寶將專尋導層島崗嶺幣帶幫幾庫廟廣廢彈彙從復徑徵應態慶戰戲戶據擔擊擇擴攝擺敵數斷於晉暢書業\
    極構樣樹樞機櫃歐歡歲歷歸殘殺氣決沒況洩淚淨測湯準溝溫滅漁漢澤濟濱瀏灑灘為烏無煙熱燈營爭爺牆獅獎獨獲環產畫異當\
    豬貝貞貢貧賀賣賞賢賬贈趕軌軍軒軟較載輔輝輯轄辦辭違遙遞遲遷遺邏鄧鄒醜釀釣鈔鈕鉛鋒錦錯鍋鍵鎖鏈鏡閃閉閒閘閩闊階\
    隻鞏韋頓頗頻顆額顯飄飯飲飽飾餅駕駛騎騰驅驚驛髒鬥鮮鳳鳴鴨鵬鷹鹽齒
    """
}
